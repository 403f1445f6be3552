"""Names of people, out of the strings that pages print."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.chinese.brackets import trim
from crawler.chinese.ethnic_names import is_ethnic_name

__all__ = [
    "SURNAMES",
    "is_common_person",
    "is_name",
    "is_organisation",
    "is_person",
    "is_plain_person",
    "split_names",
]

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督晋楚闫法汝鄢涂钦归海岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟肖岩付代覃禤蓝苑仝展区冼揭兰旷苟海迟原郄敬鹿战牙覃门英邸鄞笃鲜藏初由咸"
    "栗朴楼辜粟丘尉仵綦睢矫隽尧麦邝谌卿芦蹇颉亓檀陳張劉楊趙黃吳孫馬羅鄭謝許韓馮鄧蕭蔣賈魏葉閻餘蘇盧鐘範陸賀顧龔邵萬錢嚴賴莊"
    "儲區厙厲呂喬單國堯壽婁宮寧嶽巖帥師幹強愛懷晉曠東榮樂樓樸權欒欽歐歸況湯溫滿烏畢矯祿竇篤簡紀紅終經緱繆習聞聶荊華蒼"
    "薊藍藺蘆蘭衛衞計談諶諸譙譚豐貝貢費賁賞車農連遲邊郟鄒鄔鄺酈鈕鍾門閆閔闕關闞陰陽雋雙雲鞏韋項須頡顏養饒駱鬱魚魯鮑鮮鳳"
    "麥黨齊龍龐應"
)
_COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND = re.compile("欧阳")
_SPLIT = re.compile(
    r"[\s\u3000、,，;；&＆/／|\x01+]+|(?<=[\u4e00-\u9fff])(?:和|及)(?=[\u4e00-\u9fff]{2,4}(?:$|[\s、,，]))"
)
_LATIN_SPACE = re.compile(r"(?<=[A-Za-z.]) (?=[A-Z])|(?<=[A-Z]\.) (?=[\u4e00-\u9fff])")
_KEPT = "\x02"  # stands for a space inside a name
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'\-]{0,20}(?: [A-Z][A-Za-z.'\-]{0,20}){1,3}")
_ORG = re.compile(
    r"(?:报|社|网|台|局|部|委|办|厅|院|会|系|公司|中心|集团|频道|杂志|大学|学院|日报|晚报|编辑部|工作室|通讯社|发布|融媒|客户端|融媒体|政府|协会|学校|小组|组|站|队|处|科|所|馆)$"
)
_AFTERWORD = re.compile(r"(?:综合|整理|消息|专电|讯|电)$")
_RANKS = ("记者", "通讯员", "作者", "编辑", "摄影", "本报", "本网")
_NO_PERSON = frozenset((
    "路透", "彭博", "法新", "文章",
    "文图", "图文", "文字", "图片", "摄影", "记者", "通讯员", "编辑", "原创", "转载", "综合", "关注", "高清",
    # words and towns that begin as names do, and stand in rows
    "全文", "全文完", "全部", "方案", "全国", "全球", "应用", "时间", "时政", "时事", "时评", "时尚", "安全", "方法",
    "经济", "经典", "文化", "文旅", "文史", "文艺", "文学", "通知", "通告", "公告", "公益", "公司", "国际",
    "国内", "国家", "国学", "农业", "农村", "农民", "房产", "平台", "万象", "广告", "广场", "关于", "关闭",
    "简体", "英文", "解读", "谈话", "边疆", "连载", "连线", "相关", "相册", "后台", "后记", "向导", "古玩",
    "古典", "强国", "强军", "水利", "水产", "石油", "石化", "支持", "支付", "年度", "年报", "计算", "计划",
    "项目", "管理", "单位", "双语", "山水", "益智", "充值", "景区", "能源", "车型", "申请", "空间", "查看",
    "查询", "热点", "成都", "广州", "温州", "常州", "金华", "金融界", "武汉", "沈阳", "安徽", "江苏", "江西",
    "云南", "海南", "海口", "海外", "宁波", "宁夏", "贵阳", "郑州", "徐州", "广东", "广西",
))  # fmt: skip
_MEDIA = re.compile(
    r"(?:日报|晚报|早报|晨报|都市报|商报|时报|周刊|新闻|电视|广播|通讯社|网络|资讯|财经|在线|热线|传媒|客户端)"
    r"|^[\u4e00-\u9fff]{2}(?:体育|国际)$"  # a portal's channel
)
_EDGE = "  \t　()（）[]【】<>《》:：.。,，;；、|/-—_*\"'“”\x01■□●◆◎○◇［］〔〕＜＞"


@lru_cache(maxsize=4096)  # asked of a name by every step that looks at it
def is_person(name: str) -> bool:
    """Tell whether a string looks like the name of one person: Chinese with a known surname, ethnic or Latin."""
    if name in _NO_PERSON or name.startswith(_RANKS):
        return False
    if _LATIN.fullmatch(name) or is_ethnic_name(name):
        return True
    if (
        not 2 <= len(name) <= 4
        or not _HAN.fullmatch(name)
        or (_ORG.search(name) and not name.endswith("融媒"))
        or (len(name) == 4 and _MEDIA.search(name))
    ):
        return False
    return (len(name) >= 3 and _COMPOUND.match(name) is not None) or name[0] in SURNAMES


def is_common_person(name: str) -> bool:
    """Say whether it is a person where hardly anything says so: the surname is one of the hundred commonest."""
    return name[:1] in _COMMON and len(name) <= 3 and is_person(name)


def is_plain_person(name: str) -> bool:
    """Say whether a bare name is a person: four letters with a surname of one are a phrase (高温预警)."""
    four = len(name) == 4 and _HAN.fullmatch(name)
    return is_person(name) and not (four and _COMPOUND.match(name) is None and not is_ethnic_name(name))


def is_name(name: str) -> bool:
    """Say whether a string may be the name a person goes by: a pen name too."""
    return 2 <= len(name) <= 8 and name.isalnum() and not name.isdigit() and not _ORG.search(name)


def is_organisation(name: str) -> bool:
    """Say whether a string looks like the name of a publisher or an office."""
    plain = _AFTERWORD.sub("", name)
    return bool(_ORG.search(plain) or _MEDIA.search(plain))


def split_names(text: str) -> list[str]:
    """Return the parts of a list of names, each trimmed.

    One spaced out (``赵 培``, ``葛 长 风``, ``欧阳 秋白``) is one, and so are words in Latin letters.
    """
    joined: list[str] = []
    spaced: list[str] = []
    for part in (*(trim(part, _EDGE) for part in _SPLIT.split(_LATIN_SPACE.sub(_KEPT, text))), ""):
        if len(part) == 1 and _HAN.fullmatch(part):
            spaced.append(part)
            continue
        size = 3 if len(spaced) == 3 else 2
        joined += ["".join(spaced[at : at + size]) for at in range(0, len(spaced), size)]
        spaced.clear()
        if joined and part and len(part) <= 2 and _COMPOUND.fullmatch(joined[-1]) and _HAN.fullmatch(part):
            joined[-1] += part
        elif part:
            joined.append(part.replace(_KEPT, " "))
    return list(dict.fromkeys(joined))
