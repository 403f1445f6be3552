"""Invented short stories in the usual templates, with what stands around them: pages by combination.

A page is a story in a template, with something above it and something behind it; whatever stands around is longer than
the story, mostly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

__all__ = ["ABOVE", "BEHIND", "STORIES", "TEMPLATES", "TITLE", "Story", "pages"]

TITLE = "云水县城东小学举行冬季运动会"
SITE = "云水新闻网"
ROW = "2024-05-20 09:47　来源：云水商报"


@dataclass(frozen=True)
class Story:
    """The paragraphs of a text."""

    name: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


STORIES = (
    Story("26 letters", ("5月20日，云水县城东小学举行冬季运动会。（罗小满 摄）",)),
    Story("20 letters", ("云水县城东小学昨天举行运动会，学生踊跃参加。",)),
    Story("45 letters", ("云水商报讯（记者 童山）一艘游船昨天在河口搁浅，船上二十六人平安上岸，航道今天下午重新开放。",)),
    Story("two paragraphs", ("童山昨天在决赛里连赢两盘，时隔两年又捧起了云水公开赛的奖杯。", "他说，这座球场是他学会打球的地方，赢在这里格外高兴。")),
    Story("a figure", ("5月20日，云水人民银行公布，贷款市场报价利率为：1年期为3.45%，5年期以上为3.95%，两项报价均与上月持平。",)),
    Story("150 letters", ("云水县青川区一家轮胎店今天清晨发生火灾，七人从火场中疏散，消防人员赶到后将火扑灭，起火原因正在调查。", "区应急管理局说，店铺后院堆放的旧轮胎较多，火势一度蔓延到隔壁的仓库。", "附近两条公交线路临时绕行，预计傍晚恢复。有关部门提醒市民注意用火安全。")),
    Story("about a site", ("云水新闻网昨天改版，读者可以在新版网站上留言，编辑每天回复。",)),
    Story("spoken", ("“孩子们跑得真快！”家住上洋村的林阿婆说。",)),
)  # fmt: skip

_LINKS = "".join(
    f'<li><a href="/a/{n}.html">{title}</a></li>'
    for n, title in enumerate(
        ("河口大桥主跨合龙 明年建成通车", "县医院新院区启用首日接诊千人", "秋粮收购价格上调每斤两分钱", "我县三名教师获评全省优秀",
         "城区这些路段周末禁行 请绕行", "老茶馆里说新事 宣讲员进社区")
    )
)  # fmt: skip
_LIST = f"<ul>{_LINKS}</ul>"
_NAV = "".join(
    f'<a href="/{n}/">{t}</a> ' for n, t in enumerate(("首页", "要闻", "社会", "财经", "体育", "图片"))
)
_FOOT = '<div class="footer"><p>云水新闻网 版权所有 未经授权不得转载</p><p>云ICP备12345678号</p></div>'


def _told(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _p(story: Story) -> str:
    return "".join(f"<p>　　{line}</p>" for line in story.paragraphs)


def _br(story: Story) -> str:
    return "<br><br>".join(f"　　{line}" for line in story.paragraphs)


def _page(body: str, title: str = f"{TITLE}_{SITE}") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


TEMPLATES: dict[str, Callable[[Story, str, str], str]] = {
    "names that speak": lambda s, a, b: _page(f'<div class="header">{_NAV}</div>{a}<div class="main"><h1>{TITLE}</h1><div class="info">{ROW}</div><div class="content">{_p(s)}</div><div class="editor">责任编辑：罗小满</div></div>{b}{_FOOT}'),
    "no names": lambda s, a, b: _page(f"<div>{_NAV}</div>{a}<div><h1>{TITLE}</h1><div>{ROW}</div><div>{_p(s)}</div></div>{b}"),
    "behind a list": lambda s, a, b: _page(f"<div>{_NAV}</div>{a}<div><h1>{TITLE}</h1><div>{ROW}</div><div>{_p(s)}</div></div>{_LIST}{b}"),
    "flat": lambda s, a, b: _page(f"{a}<h1>{TITLE}</h1><p>{ROW}</p>{_p(s)}{_LIST}<div>{b}</div>"),
    "flat in a column": lambda s, a, b: _page(f"<div>{_NAV}</div>{a}<div><h1>{TITLE}</h1><p>{ROW}</p>{_p(s)}<p>（责任编辑：罗小满）</p></div><div>{_LIST}</div>{b}"),
    "one element of all": lambda s, a, b: _page(f'<div id="wrapper"><div class="nav">{_NAV}</div>{a}<h1>{TITLE}</h1><div class="info">{ROW}</div><div class="content">{_p(s)}</div><div class="hot"><h3>热点新闻</h3>{_LIST}</div>{b}{_FOOT}</div>'),
    "tables": lambda s, a, b: _page(f"<table><tr><td>{_NAV}</td></tr></table>{a}<table><tr><td><table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td align=center>{ROW}</td></tr><tr><td><font id=zoom>{_br(s)}</font></td></tr><tr><td align=right>（责任编辑：罗小满）</td></tr></table></td><td>{_LIST}</td></tr></table>{b}"),
    "breaks": lambda s, a, b: _page(f'<div class="top">{_NAV}</div>{a}<div class="left"><div class="bt">{TITLE}</div><div class="sj">{ROW}</div><div class="nr">{_br(s)}</div></div><div class="right">{_LIST}</div>{b}{_FOOT}'),
    "an article": lambda s, a, b: _page(f"<header>{_NAV}</header>{a}<main><article><header><h1>{TITLE}</h1><time>2024-05-20 09:47</time> <span>云水商报</span></header><section>{_p(s)}</section></article><aside>{_LIST}</aside></main>{b}<footer><p>云水新闻网 版权所有</p></footer>"),
    "the logo is the h1": lambda s, a, b: _page(f'<h1><a href="/">{SITE}</a></h1><div>{_NAV}</div>{a}<div class="article"><h2>{TITLE}</h2><div class="date">{ROW}</div><div class="txt">{_p(s)}</div></div><div>{_LIST}</div>{b}'),
    "row above the headline": lambda s, a, b: _page(f'<div>{_NAV}</div>{a}<div class="box"><div class="date">{ROW}</div><h1>{TITLE}</h1><div class="text">{_p(s)}</div></div>{_LIST}{b}{_FOOT}'),
    "row below the text": lambda s, a, b: _page(f'<div>{_NAV}</div>{a}<div class="box"><h1>{TITLE}</h1><div class="text">{_p(s)}</div><div class="date">{ROW}</div></div>{_LIST}{b}{_FOOT}'),
    "no row": lambda s, a, b: _page(f'<div>{_NAV}</div>{a}<div class="box"><h1>{TITLE}</h1><div class="text">{_p(s)}</div></div>{_LIST}{b}{_FOOT}'),
    "sections": lambda s, a, b: _page(f'{a}<div id="page"><div><h1 id="activity-name">{TITLE}</h1><div><span>云水商报</span> <em>2024-05-20 09:47</em></div><div id="js_content"><section>{"".join(f"<section><p><span>{line}</span></p></section>" for line in s.paragraphs)}</section></div></div></div>{b}'),
    "office": lambda s, a, b: _page(f'<div class="head">{_NAV}</div>{a}<div class="con"><div class="tit">{TITLE}</div><div class="xx">发布时间：2024-05-20 09:47　信息来源：云水县人民政府办公室　浏览次数：123　字号：[大 中 小]</div><div class="TRS_Editor">{_p(s)}</div><div class="gn">【打印】【关闭】</div></div>{b}'),
    "headline in a head of its own": lambda s, a, b: _page(f'<div class="nav">{_NAV}</div>{a}<div class="head"><h1>{TITLE}</h1><p>{ROW}</p></div><div class="cols"><div class="l"><div class="article">{_p(s)}</div></div><div class="r">{_LIST}</div></div>{b}'),
    "mobile": lambda s, a, b: _page(f'{a}<div class="art-title">{TITLE}</div><div class="art-info"><span>云水商报</span><span>05-20 09:47</span></div><div class="art-content">{_p(s)}</div><div class="recommend"><div>相关推荐</div>{_LIST}</div>{b}'),
    "hashed names": lambda s, a, b: _page(f'<div class="_1fK9x">{_NAV}</div>{a}<div class="_2aBcD"><div class="_9zYxW"><h1 class="_3kLmN">{TITLE}</h1><div class="_8qWeR"><span>{ROW}</span></div><div class="_7uIoP">{"".join(f"<div>{line}</div>" for line in s.paragraphs)}</div></div><div class="_6hJkL">{_LIST}</div></div>{b}'),
    "a picture above": lambda s, a, b: _page(f'<div>{_NAV}</div>{a}<div class="main"><h1>{TITLE}</h1><div class="info">{ROW}</div><div class="content"><p><img src="/pic/1.jpg" width="600"></p>{_p(s)}</div><div class="share"><a>微信</a><a>微博</a></div></div>{b}{_FOOT}'),
    "share bar between": lambda s, a, b: _page(f'<div>{_NAV}</div>{a}<div class="main"><h1>{TITLE}</h1><div class="info">{ROW}</div><div>分享到：<a href="#">微信</a> <a href="#">微博</a></div><div class="content">{_p(s)}</div></div>{_LIST}{b}'),
}  # fmt: skip

ABOVE = {
    "nothing": "",
    "language": '<div class="language-bar"><div>您的浏览器似乎不支持简体中文，您是否要前往云水网英文版网站浏览，以便获得更好的阅读体验？</div><div>关闭此窗口，代表您同意上述规范，也可以随时在页面底部改回来。</div></div>',
    "cookies": "<div><p>本网站使用Cookie和相近的技术，以便记住您的设置、分析流量并改善服务，继续浏览即表示您接受我们的隐私政策。</p><p>您可以随时在浏览器里改变设置，拒绝之后，部分栏目可能无法显示。</p></div>",
    "old browser": "<div><p>您正在使用的浏览器版本过低，为了正常显示页面，建议升级到最新版本，或者换用其他浏览器访问本站，给您带来的不便敬请谅解。</p></div>",
    "announcement": "<div><p>系统维护公告：云水新闻网将于本周六零时至六时升级服务器，届时读者留言、投稿和检索三项功能暂停使用，六时以后恢复。</p></div>",
    "advertisement": "<div><p>河口驾校秋季班开始报名，随到随学，学生优惠二百元，报名即送体检一次，名额有限，先到先得，请带身份证到河口镇南街二十号办理。</p></div>",
    "top story": '<div class="yw"><h2>云水大桥昨日通车</h2><p>全长一千二百米的云水大桥昨天上午正式通车，市民出行更加方便，从城东到河口的时间缩短了四十分钟，沿线八个村的果农最先受益。</p></div>',
    "slogan":'<div class="slogan">权威声音，云水视角，主流媒体，百姓情怀</div>',
    "today":'<div id="top">今天是2024年5月21日 星期二 农历四月十四 云水 多云 18-25℃</div>',
    "alert":'<div class="alert"><p>台风红色预警：受今年第三号台风影响，今天夜间到明天沿海有十二级大风，请各地做好防范，非必要不外出，出海船只立即回港。</p></div>',
    "login":'<div class="user"><p>欢迎您，游客！请登录或注册，登录后可以收藏文章、发表评论，还能领取积分兑换礼品。</p></div>',
    "made by":"<p>本页面由云水县融媒体中心制作，最佳浏览分辨率为1920×1080，请使用谷歌或火狐浏览。</p>",
    "ticker":'<div class="ticker"><span>云水大桥昨日通车，市民出行更加方便</span><span>秋粮收购价格上调，每斤两分钱</span><span>县医院新院区启用，首日接诊千人</span></div>',
    "trad":"<div><span>您正在瀏覽簡體版網頁，若要閱讀繁體版，請點選右上角的按鈕，我們會記住您的選擇。</span></div>",
    "modal":'<div class="modal"><h3>温馨提示</h3><p>为了给您提供更好的服务，我们更新了用户协议和隐私政策，请您仔细阅读，点击同意后继续使用。</p><p>不同意</p><p>同意并继续</p></div>',
}  # fmt: skip

_RULES = ("同一段话请只发一次，内容大致相同的留言会被合并", "辱骂他人、泄露他人隐私或者违反法律的留言，管理员看到后会立即删除", "借留言做广告或者反复打扰别人的，账号会被停用一段时间", "转贴他人作品请先取得同意，由此产生的责任由留言的人自己负责")  # fmt: skip
_OTHER = ("在青川，说起嫁接果树的好手，十里八乡的人都会提到同一个名字，他今年七十三岁，依然每天上山。", "他没有上过几年学，却把每一年的花期、雨水和收成都记在本子上，攒下了满满两个木箱。", "去年冬天，县里的农技站派人帮他整理这些本子，录成了八万多字的书稿，还配上了手绘的图。")  # fmt: skip
_OTHERS = "".join(f"<p>{p}</p>" for p in _OTHER)
_TEASERS = ("几位名将昨天提前来到球场训练，看台上坐满了放学的孩子，抽签要到后天才举行。主办方说，今年的门票比去年早一周卖完。", "主办方在赛后为老将切了蛋糕，他说这个赛季伤病不断，只盼下周能打得顺一些。教练组透露，他已经连续三天没有完整训练。", "外国选手都说这里的红土不好跑，却没有一个人敢小看本地的老对手。去年的决赛打了将近四个小时，全场观众站着看完。")  # fmt: skip
_AD = "<li><a>广告·云水优选</a><ul><li>为何看到这条推广？</li><li>请说说不喜欢的理由</li><li>看了不舒服</li><li>已经收到您的意见。这条推广不再显示，谢谢。</li></ul></li>"

BEHIND = {
    "nothing": "",
    "legal lines": '<div class="copybd"><div>有意与本刊合作者，有关合作事宜请与云水网联系。未经云水网书面授权，请勿转载或建立镜像，否则即为侵权。</div><div>违法和不良信息举报电话（涉网络暴力有害信息举报、未成年人举报）：0000-1234567 举报邮箱：jubao@yunshui.example</div><div>Copyright 云水网 All Rights Reserved 版权所有 复制必究 云水网络有限公司</div></div>',
    "whose site": "<div><p>云水新闻网由中共云水县委宣传部主管、云水县融媒体中心主办，是经国务院新闻办公室批准设立的县级重点新闻网站，设有二十多个频道，日均发布本地新闻一百多条。</p></div>",
    "whose site, in a footer": "<footer><p>云水新闻网由中共云水县委宣传部主管、云水县融媒体中心主办，设有二十多个频道，日均发布本地新闻一百多条。</p><p>本站开通二十年来，先后获得全省优秀网站、十佳频道等称号，读者遍及海内外。</p></footer>",
    "about us, in a foot": '<div class="foot"><p>本站开通二十年来，先后获得全省优秀网站、十佳频道等称号，读者遍及海内外，每天有十万人次从这里了解云水。</p><p>地址：云水县人民路一号，编辑部在三楼。</p></div>',
    "comment rules": f'<div class="card"><h4>发表意见</h4><a>留言规则</a><div class="card-body"><p>留言区由云水网管理，网友在此留言即视为接受以下约定，管理员可以不经通知隐藏或删除不合约定的内容：</p><ol>{"".join(f"<li>{r}</li>" for r in _RULES)}</ol></div></div>',
    "comment rules without names": f'<div><div>网友须知</div>{"".join(f"<p>{r}</p>" for r in _RULES)}</div>',
    "another article": f'<div class="article2"><h1>种了四十年果树的老把式写成了一本书</h1><div><a>青川观察</a><time>2023-06-01 00:48</time></div>{_OTHERS}</div>',
    "another article, headed by a link": f'<div><h2><a href="/b/2.html">种了四十年果树的老把式写成了一本书</a></h2><div>2023-06-01 00:48 来源：青川观察</div><div>{_OTHERS}</div></div>',
    "a stream with advertisements": "<h2>其他人也在看</h2><ul>" + "".join(f'<li><div>云水社·{n} 天前</div><h4><a href="/{n}">云水网球公开赛第{n}日 名将现身练球</a></h4><p>（云水社电）{t}</p></li>{_AD}' for n, t in enumerate(_TEASERS, 1)) + "</ul>",
    "cookies": "<div><p>本网站使用Cookie和相近的技术，以便记住您的设置、分析流量并改善服务，继续浏览即表示您接受我们的隐私政策。</p><p>您可以随时在浏览器里改变设置，拒绝之后，部分栏目可能无法显示。</p></div>",
    "a statement": "<div><p>凡本网注明“来源：云水新闻网”的作品，均为本网合法拥有版权的作品，未经本网授权不得使用。</p><p>本网转载的其他媒体的作品，目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责。</p><p>如因作品内容、版权和其他问题需要同本网联系的，请在三十日内进行。</p></div>",
    "a platform": "<div>以上内容（包括图片及视频）为创作者平台用户上传并发布，本平台仅提供信息存储服务，如有侵权请联系删除。</div>",
    "an app": "<div><h3>云水客户端</h3><p>下载云水客户端，随时随地看本地新闻，还能查公交、缴水电费、预约挂号，注册就送五十积分。</p></div>",
    "a form": "<div><h3>订阅我们的简报</h3><p>每天早上七点，把昨天最重要的五条新闻发到您的邮箱，注册即表示您同意服务条款，随时可以退订。</p></div>",
    "comments": "<div><h3>网友评论</h3><div>云水网友 2024-05-20 10:20</div><div>这样的运动会应该多开几次，老人家看了也高兴，希望明年能有更多的项目，让家长也参加。</div><div>河口网友 2024-05-20 11:20</div><div>我家孩子跑了第二名，回来高兴了一整天，说明年要拿第一，谢谢学校的老师们。</div></div>",
    "group":"<div>"+_told("云水传媒集团成立于一九五八年，拥有六报两刊一网，员工三千余人，是全省最大的区域性传媒集团之一。")+"</div>",
    "group2":'<div class="b1">'+_told("云水传媒集团成立于一九五八年，拥有六报两刊一网，员工三千余人，是全省最大的区域性传媒集团之一。","集团总部在人民路一号，二十层的大楼建于二〇〇八年，是县城的标志性建筑。")+"</div>",
    "address":"<div><p>云水日报社　地址：云水市人民路1号　邮编：350000　电话：0591-0000000</p><p>值班时间：周一至周日，早上八点到晚上十点，节假日照常。</p></div>",
    "rights":"<div><p>本报所有内容归云水传媒集团所有，任何单位和个人不得擅自使用，违者将依法追究责任。</p></div>",
    "english":"<div><p>Copyright (c) 1998-2024 Yunshui News Network. All rights reserved. Reproduction in whole or in part without permission is prohibited.</p></div>",
    "invest":"<div><p>风险提示：市场有风险，投资需谨慎，本文不构成个人投资建议，据此投资，责任自负，读者应当考虑文中任何意见是否符合其特定状况。</p></div>",
    "recruit":"<div><h3>招聘启事</h3>"+_told("云水县融媒体中心招聘编辑三名，要求大学本科以上学历，熟悉视频剪辑，有两年以上工作经验。","报名时间到六月底为止，简历请寄人民路一号三楼办公室，合格者另行通知面试。")+"</div>",
    "cards":'<div class="list"><div class="t">为你推荐</div>'+"".join(f'<div class="card" onclick="go({n})"><div class="ct">云水县第{n}届运动会开幕</div><div class="cs">开幕式上，{n}百名学生表演了团体操，全场掌声不断，气氛热烈，演出持续了一个多小时。</div><div class="cd">{n}小时前</div></div>' for n in range(2,7))+"</div>",
    "cards linked title":'<div class="list">'+"".join(f'<div class="card"><a href="/{n}"><div class="ct">云水县第{n}届运动会开幕</div></a><div class="cs">开幕式上，{n}百名学生表演了团体操，全场掌声不断，气氛热烈，演出持续了一个多小时。</div></div>' for n in range(2,7))+"</div>",
    "cards in links":'<div class="list">'+"".join(f'<a href="/{n}"><div class="ct">云水县第{n}届运动会开幕</div><div class="cs">开幕式上，{n}百名学生表演了团体操，全场掌声不断，气氛热烈，演出持续了一个多小时。</div></a>' for n in range(2,7))+"</div>",
    "next article in divs":f'<div class="art"><div class="title">种了四十年果树的老把式写成了一本书</div><div class="time">2023-06-01 00:48　青川观察</div><div class="text">{_OTHERS}</div></div>',
    "next article in article":f'<article><h2 class="title"><a href="/x/1.html">种了四十年果树的老把式写成了一本书</a></h2><p class="meta">青川观察 · 3小时前</p>{_OTHERS}</article>',
    "next article no row":f'<div class="article"><h1>种了四十年果树的老把式写成了一本书</h1><div>{_OTHERS}</div></div>',
    "comments plain":'<div class="x1"><div>发表您的看法</div>'+"".join(f'<div class="x2"><span>小鱼{n}</span><p>这样的运动会应该多开几次，老人家看了也高兴，希望明年能有第{n}次。</p><span>回复 赞</span></div>' for n in range(5))+"</div>",
    "rules one":"<div><p>请文明发言，不要发布广告和与本文无关的内容，多次违反者将不能再发言，您的发言只代表个人看法，不代表本站。</p></div>",
    "rules list no words":'<div class="gy"><h4>公约</h4><ul><li>一人只能有一个名字，不得冒用他人的名字</li><li>说话要有根据，不传播没有证实的消息</li><li>不说粗话，不打嘴仗，不起哄</li><li>违者第一次提醒，第二次禁止三天，第三次永久禁止</li></ul></div>',
    "vote":"<div><h3>您对这条新闻怎么看？</h3><ul><li>很好，应该多办这样的活动</li><li>一般，没有什么特别的地方</li><li>不关心，与我无关</li></ul><p>投票后可以看到结果，每人只能投一次，重复的不算。</p></div>",
    "weather":"<div><h3>天气</h3><p>今天白天多云，午后局部有阵雨，最高气温二十八度；夜间转阴，最低气温十九度，东南风三级。</p></div>",
    "paper":"<div><p>《云水日报》全年订价三百六十元，各地邮局均可订阅，也可拨打发行热线，由发行员上门办理。</p></div>",
    "qr":"<div><p>扫一扫，把这条新闻带走</p><p>打开微信“扫一扫”，打开网页后点击屏幕右上角“分享”按钮，就能转给朋友们看。</p></div>",
    "newsletter en":'<div class="nl"><strong>每日一信</strong><p>把最重要的新闻送到您手上，每个工作日早上七点准时发出，不收费用，随时可以取消。</p></div>',
}  # fmt: skip


LONG = Story(
    "a long text",
    tuple(
        f"{part}{sentence}"
        for part in ("", "他说，", "记者看到，")
        for sentence in (
            "云水县在城关、河口两个乡镇试点“一站式”办事大厅，群众带着身份证就能办理一百二十项事务。",
            "以前盖一个章要跑三趟，现在半个小时就办完了，工作人员还帮着填好了表格。",
            "试点以来共受理事项三千四百余件，平均办理时间缩短了一半，满意率达到百分之九十八。",
        )
    ),
)


def pages() -> Iterator[tuple[str, str, str]]:
    """Yield names of combinations, their pages and texts: all templates with all that stands behind, the rest by turns."""
    stories, above = cycle((*STORIES, LONG)), cycle(ABOVE.items())
    for named, template in TEMPLATES.items():
        for behind, below in BEHIND.items():
            for (over, top), story in islice(zip(above, stories, strict=False), 4):
                yield f"{named} / {story.name} / {over} / {behind}", template(story, top, below), story.text
