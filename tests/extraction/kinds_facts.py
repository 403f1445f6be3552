"""Invented pages, continued: accounts and outlets, closing links, footers, times that are told twice, scripts."""

from __future__ import annotations

from kinds import BODY, FOOT, NAV, TITLE, Kind, P, page, paragraphs

__all__ = ["KINDS"]

KINDS: list[Kind] = []
DAY = "2024-05-10T09:52"
DATE = "<span>2024-05-10 09:52</span>"


def kind(name: str, row: str, last: str = "", *, below: str = "", head: str = "", **truth: object) -> None:
    """A page with a ``row`` under its headline, ``last`` in its text's element and ``below`` behind that."""
    html = page(
        f'<div class="top">{NAV}</div><div class="w"><h1>{TITLE}</h1><div class="r">{row}</div>'
        f'<div class="con">{paragraphs()}{last}</div>{below}</div>{FOOT}',
        title=f"{TITLE}_云水网",
        head=head,
    )
    truth.setdefault("published", DAY)
    KINDS.append(Kind(name, html, **truth))  # type: ignore[arg-type]


# Where an account writes from is nobody's name; beside it a linked name is an account's.
for place in (
    "<span>来自云南省</span>",
    "<span>来自 云南昆明</span>",
    "<span>来自：云南</span>",
    "<span>发布于 浙江省杭州市</span>",
    "<span>发布于：</span><span>河北省</span>",
    "<span>发表于广西壮族自治区</span>",
    "<span>IP属地：北京</span>",
    "<span>IP属地 中国香港</span>",
    "<span>来自美国</span>",
    "<em>来自台湾</em>",
):
    kind(f"account: {place}", f'{DATE} <a href="/u/1">云水观察</a> {place}', authors=("云水观察",))
kind(
    "an account that is a paper's",
    f'{DATE} <a href="/u/1">云水日报</a> <span>来自云南省</span>',
    authors=("云水日报",),
)
kind("a place without an account", f"{DATE} <span>来自广西壮族自治区</span>")
kind(
    "a place below a labelled source",
    f'{DATE} <span>来源:<a href="/">云水政务</a></span></div><div class="area">发布于：<span>河北省</span>',
    source="云水政务",
)
kind("a source that begins as a place does", f"{DATE} <span>来自北京青年报</span>", source="北京青年报")
kind("a source of a province", f"{DATE} <span>来自：云南网</span>", source="云南网")

# Outlets without a label: a channel of the site, and 来源于 without a colon.
for row in (
    f'{DATE} <a href="/yl/">云水娱乐</a>',
    f"{DATE} <span><a>云水娱乐</a></span>",
    f"http://www.yunshui.test {DATE} <a>云水娱乐</a> <a>我要评论(0)</a>",
):
    kind(f"outlet: {row}", row, source="云水娱乐")
kind(
    "outlet of another site", f'{DATE} <a href="http://yule.qingchuan.test/">青川娱乐</a>', source="青川娱乐"
)
kind("account by a script", f'{DATE} <a href="javascript:void(0);">青川科技</a>', authors=("青川科技",))
kind(
    "an account that shares no name with the site",
    f'{DATE} <a href="/u/1">青川科技</a>',
    authors=("青川科技",),
)
for row in (
    f'本文来源于<a href="/">云水统计局</a> {DATE}',
    f"文章来源于 云水统计局 {DATE}",
    f"转载自<b>云水统计局</b> {DATE}",
    f"摘自：云水统计局 {DATE}",
):
    kind(f"source: {row}", row, source="云水统计局")

# Who wrote and for whom, parted by a stroke; and a box with a month.
kind("outlet and person", "云水快讯／欧阳秋白 2024-05-10 09:52", source="云水快讯", authors=("欧阳秋白",))
kind("paper and person", f"{DATE} <span>云水日报/葛长风</span>", source="云水日报", authors=("葛长风",))
kind(
    "filed above the text",
    "2024-05-10 09:52 云水时报 钱望川／青川4日电",
    source="云水时报",
    authors=("钱望川",),
)
kind(
    "day and month in boxes",
    '<div class="day">21</div><div class="ym">2024年02月</div>',
    published="2024-02-21",
)
kind(
    "day and English month in boxes",
    "<b>21</b><i>Feb 2024</i> <span>2024-02-21</span> <span>星期三</span>",
    published="2024-02-21",
)

# A link that closes the last paragraph hides nothing.
ONWARD = '<a href="/">返回云水，查看更多</a>'
kind("credits before a closing link", DATE, f"<p>编辑 林月华 校对 周小满{ONWARD}</p>", editors=("林月华",))
kind(
    "signature before a closing link",
    DATE,
    f"<p>□杜启明{ONWARD}</p>",
    authors=("杜启明",),
    text=f"{BODY}\n□杜启明",
)
kind(
    "editors in brackets before a closing link",
    DATE,
    f"<p>（责任编辑：林月华）{ONWARD}</p>",
    editors=("林月华",),
)
kind(
    "source and author in brackets before a closing link",
    DATE,
    f"<p>（本文来源：云水日报 作者：云水大学教授、研究员童山海）{ONWARD}</p>",
    source="云水日报",
    authors=("童山海",),
)
kind("a closing link behind a sentence", DATE, f"<p>全县都能办。{ONWARD}</p>", text=f"{BODY}\n全县都能办。")
kind(
    "a link that ends a long sentence",
    DATE,
    '<p>从今年春天开始，县里和外省的三个用工大市签了协议，专门为在外务工、有意回来办厂开店的人开了一趟车，让他们<a href="/a/1.html">返回家乡</a></p>',
    text=f"{BODY}\n从今年春天开始，县里和外省的三个用工大市签了协议，专门为在外务工、有意回来办厂开店的人开了一趟车，让他们返回家乡",
)
kind(
    "a link inside the last sentence",
    DATE,
    '<p>详见<a href="/a/1.html">返回家乡的人们</a>。</p>',
    text=f"{BODY}\n详见返回家乡的人们。",
)
kind(
    "the source behind the last sentence",
    DATE,
    "<p>全县十四个乡镇都能办理这些事项，村民在家门口就能提交材料。（来源：云水日报）</p>",
    source="云水日报",
    text=f"{BODY}\n全县十四个乡镇都能办理这些事项，村民在家门口就能提交材料。（来源：云水日报）",
)
kind(
    "the source of figures behind the last sentence",
    DATE,
    "<p>全县十四个乡镇都能办理这些事项，村民在家门口就能提交材料。（数据来源：云水统计局）</p>",
    text=f"{BODY}\n全县十四个乡镇都能办理这些事项，村民在家门口就能提交材料。（数据来源：云水统计局）",
)
kind(
    "a last paragraph that begins with 记者",
    DATE,
    "<p>记者注意到，张三、李四两家店都挂出了新的价目表</p>",
    text=f"{BODY}\n记者注意到，张三、李四两家店都挂出了新的价目表",
)

# Editors with their codes, editors of any part, and those of the site's footer.
for line, names in (
    ("责任编辑：童山 | 版面编辑：沈一舟(ZN028)", ("童山", "沈一舟(ZN028)")),
    ("责任编辑：沈一舟（ZN028）", ("沈一舟（ZN028）",)),
    ("责任编辑：沈一舟_ZN028", ("沈一舟_ZN028",)),
    ("编辑：沈一舟[0123]", ("沈一舟[0123]",)),
    ("编辑：沈一舟(实习)", ("沈一舟",)),
    ("编辑：沈一舟（云水网）", ("沈一舟",)),
    ("责任编辑︱沈一舟", ("沈一舟",)),
    ("编辑│沈一舟　校对│周小满", ("沈一舟",)),
    ("值班编辑：沈一舟", ("沈一舟",)),
):
    kind(f"editors: {line}", DATE, below=f'<div class="ed">{line}</div>', editors=names)
OWNER = "<p>云水日报社主办 版权所有 云ICP备12345678号</p>"
for footer in (
    f'<div class="footer"><p>值班编辑：罗小满</p>{OWNER}</div>',
    '<div class="footer"><p>值班编辑：罗小满</p><p>新闻热线：0599-1234567</p></div>',
    f'<div class="ft"><p>网站编辑：罗小满</p>{OWNER}</div>',
    f"<p>值班编辑：罗小满 值班电话：0599-1234567</p>{OWNER}",
    f'<footer><ul><li><a href="/1">关于我们</a></li><li><a href="/2">联系我们</a></li></ul><p>本网编辑：罗小满</p>{OWNER}</footer>',
):
    kind(f"editors of the site: {footer}", DATE, below=f"</div>{footer}<div>")
kind(
    "an editor above the footer",
    DATE,
    below=f'<div class="bottom"><p>责任编辑：罗小满</p></div></div>{OWNER}<div>',
    editors=("罗小满",),
)

# Times: what is exact beats what is told from the fetch on; when it was changed counts where nothing else is said.
FETCHED = "2024-05-10T12:00:00+08:00"
PLAIN = "http://www.yunshui-news.test/a/1001.html"
DATED = "http://www.yunshui-news.test/2024/05/10/1001.html"


def told(name: str, row: str, published: str, *, url: str = PLAIN, head: str = "", **truth: object) -> None:
    kind(f"time: {name}", row, url=url, head=head, published=published, fetched_at=FETCHED, **truth)


told("hours ago", "<span>3小时前</span>", "2024-05-10")
told("yesterday, with the time of day", "<span>昨天 14:30</span>", "2024-05-09T14:30")
told(
    "hours ago and a script",
    "<span>3小时前</span>",
    "2024-05-10T08:51:07",
    head='<script>var page = {"publishTime": "2024-05-10 08:51:07"};</script>',
)
told(
    "yesterday and an epoch",
    "<span>昨天</span>",
    "2024-05-09T14:30:00",
    head='<script>var page = {"publish_time": 1715236200};</script>',
)
told(
    "hours ago and when the site was made",
    "<span>3小时前</span>",
    "2024-05-10",
    head='<script>var site = {"createTime": "2015-01-01 00:00:00"};</script>',
)
told(
    "hours ago and the day in the address",
    "<span>3小时前</span>",
    "2024-05-08",
    url="http://www.yunshui-news.test/2024/05/08/1001.html",
)
told(
    "today with the time of day and the day in the address",
    "<span>今天 08:51</span>",
    "2024-05-10T08:51",
    url=DATED,
)
told("changed, and nothing else", "<span>更新时间：2024-05-10 09:52</span>", DAY)
told("changed, without a colon", "<span>更新于 2024-05-10 09:52</span>", DAY)
told("changed, behind the date", "<span>2024-05-10 09:52 更新</span>", DAY)
told(
    "changed, and the day in the address", "<span>更新时间：2024-05-12 09:52</span>", "2024-05-10", url=DATED
)
told("changed that day", "<span>最后更新：2024-05-10 09:52</span>", DAY, url=DATED)
told(
    "published and changed",
    "<span>发布时间：2024-05-09 09:52</span> <span>更新时间：2024-05-10 18:00</span>",
    "2024-05-09T09:52",
)
told(
    "an epoch in an empty element",
    '<span class="time" data-time="1715305920000"></span> <span>来源：云水日报</span>',
    "2024-05-10T09:52:00",
    source="云水日报",
)
told(
    "an epoch in a row of nothing else",
    '<div class="t" data-timestamp="1715305920"></div>',
    "2024-05-10T09:52:00",
)
told("UTC", "<span>2024-05-10 01:52 UTC</span>", DAY)
told("GMT", "<span>2024-05-10 01:52:00 GMT</span>", f"{DAY}:00")
told("GMT+8", "<span>2024-05-10 09:52 (GMT+8)</span>", DAY)
told("the calendar of Taiwan", "<span>民國113年5月10日 上午9:52</span>", DAY)

# What only a script knows.
for script in (
    'var editor = "罗小满"; var author = "葛长风";',
    f'var article={{title:"{TITLE}",author:"葛长风",editor:"罗小满"}};',
    (
        f'window.__STATE__={{"detail":{{"title":"{TITLE}","author":{{"name":"葛长风","id":3}},"editors":[{{"name":"罗小满"}}]}},'
        '"list":[{"title":"别的新闻","author":"童山","editor":"卢大江"}]};'
    ),
    f'window.s={{"d":{{"headline":"{TITLE}","writer":"葛长风","dutyEditor":"责任编辑：罗小满"}}}};',
):
    kind(
        f"script: {script}", DATE, head=f"<script>{script}</script>", authors=("葛长风",), editors=("罗小满",)
    )
for script in (
    'window.s={"list":[{"title":"别的新闻","author":"童山","editor":"卢大江"}]};',
    f'var article={{title:"{TITLE}",author:"admin",editor:"zhangsan"}};',
    f'var article={{title:"{TITLE}",author:"云水网",editor:""}};',
    'var author = "云水网"; var editor = "CKEDITOR";',
):
    kind(f"script: {script}", DATE, head=f"<script>{script}</script>")
kind(
    "displayed beats the script",
    DATE,
    "<p>责任编辑：卢大江</p>",
    head=f'<script>var article={{title:"{TITLE}",editor:"罗小满"}};</script>',
    editors=("卢大江",),
)

ACCOUNT = '<script>var page = {{account: {{uid: "3", name: "{}", openUrl: "/c/3/", {}: false}}}};</script>'
kind(
    "a publisher's account",
    f"云水日报 {DATE}",
    head=ACCOUNT.format("云水日报", "follow"),
    source="云水日报",
    authors=("云水日报",),
)
kind("an account beside it", f"云水日报 {DATE}", head=ACCOUNT.format("老街的灯", "follow"), source="云水日报")
kind(
    "a publisher that is no account",
    f"云水日报 {DATE}",
    head=ACCOUNT.format("云水日报", "hidden"),
    source="云水日报",
)
kind(
    "an account and its author",
    f"云水日报 {DATE}",
    "<p>（记者 葛长风）</p>",
    head=ACCOUNT.format("云水日报", "isFollowed"),
    source="云水日报",
    authors=("葛长风",),
    text=f"{BODY}\n（记者 葛长风）",
)

# An author in a heading is no second headline; a second headline is.
for heading, names in (
    ("文/葛长风", ("葛长风",)),
    ("作者：葛长风 卫采薇", ("葛长风", "卫采薇")),
    ("本报记者 葛长风", ("葛长风",)),
    ("葛长风", ("葛长风",)),
):
    kind(
        f"heading: {heading}", f"</div><h2>{heading}</h2><div>{DATE}", authors=names, more={"subtitle": None}
    )
kind("a second headline", f"</div><h2>村民不必再进城</h2><div>{DATE}", more={"subtitle": "村民不必再进城"})
kind(
    "a second headline behind an author",
    f"</div><h2>文/葛长风</h2><h3>村民不必再进城办事</h3><div>{DATE}",
    authors=("葛长风",),
    more={"subtitle": "村民不必再进城办事"},
)

# Two reports on one page; a caption that says who took the picture.
kind(
    "two reports",
    "2024-05-10 09:52 云水时报 钱望川／青川4日电",
    f"<p>市府：不可能操作</p><p>卫采薇／云水报道</p>{''.join(f'<p>{p}</p>' for p in P[1:4])}",
    source="云水时报",
    authors=("钱望川", "卫采薇"),
    text="\n".join((*P, "市府：不可能操作", "卫采薇／云水报道", *P[1:4])),
)

# Rows in traditional characters, of offices, and of nothing but people and a day.
_DAY_ALONE = "2024-05-10"
for row, truth in (
    ("發佈日期：2024-05-10 資料來源：云水農業局 點閱次數：100", {"source": "云水農業局"}),
    ("發布時間：2024/05/10 發布單位：云水農業處", {"source": "云水農業處"}),
    ("上版日期：113-05-10 發布機關：云水縣政府 瀏覽人次：12", {}),
    ("公開日期：2024-05-10 責任編輯：羅小滿", {"editors": ("羅小滿",)}),
    ("2024-05-10 撰文：葛长风 攝影：方志远", {"authors": ("葛长风", "方志远")}),
    ("记者：葛长风 摄影：方志远 2024-05-10", {"authors": ("葛长风", "方志远")}),
    ("成文日期：2024-05-08 发布日期：2024-05-10", {}),
    ("成文日期：2024-05-10", {}),
    ("最後更新：2024-05-11 09:15 發布時間：2024-05-10", {}),
    ("更新時間：2024-05-11 09:15 發布時間：2024-05-10", {}),
    ("修改日期：2024-05-11 发布日期：2024-05-10", {}),
    ("變更日期：2024-05-11 發布日期：2024-05-10", {}),
    ("刊登日期：2024-05-10 新聞來源：云水縣政府新聞處", {"source": "云水縣政府新聞處"}),
    ("張貼日期：2024-05-10", {}),
):
    kind(f"row: {row}", row, **{"published": _DAY_ALONE, "text": BODY, **truth})
kind(
    "a caption with a photographer and a day",
    DATE,
    f"<p>摄影：方志远拍下了五月八日的云水河，水位比往年同期高出不少。</p><p>{P[1]}</p>",
    text=f"{BODY}\n摄影：方志远拍下了五月八日的云水河，水位比往年同期高出不少。\n{P[1]}",
)

# What leads back, only its end being a link; and a sentence that ends in one.
for last in (
    '返回云水，<a href="/">查看更多</a>',
    '返回云水网，<a href="/">点击查看更多</a>',
    '<a href="/">返回云水，查看更多</a>',
):
    kind(f"last line: {last}", DATE, f"<p>{last}</p>", text=BODY)
kind(
    "a sentence that returns",
    DATE,
    '<p>返回云水以后，他把路上的<a href="/1">见闻</a>写了下来。</p>',
    text=f"{BODY}\n返回云水以后，他把路上的见闻写了下来。",
)
