"""Names without a surname of one character or two: Tibetan, Uyghur, Mongolian, and foreign ones in Chinese letters."""

from __future__ import annotations

import re

__all__ = ["is_ethnic_name", "is_tibetan_name"]

_TIBETAN = re.compile(
    "(?:次仁|扎西|卓玛|巴桑|普布|央金|旺堆|多吉|尼玛|达瓦|顿珠|平措|白玛|德吉|索朗|洛桑|丹增|格桑|旦增|晋美|次旦|罗布|曲珍|"
    "拉姆|加措|边巴|米玛|拉巴|桑珠|强巴|仁青|贡布|嘎玛|土登|阿旺|其美|玉珍|群培|益西|才让|才旦|卓嘎|央宗|努布|次央|"
    "卓瑪|達瓦|頓珠|羅布|邊巴|晉美|強巴|貢布|才讓|桑吉|扎巴|旺姆|曲扎|朗杰|嘉措|落桑|松吉){1,2}"
)
# With a dot between what one is called and whose child one is, or between first name, initials and surname.
_DOTTED = re.compile(r"[\u3400-\u9fff\-]{1,8}(?:[·•・‧∙⋅．][\u3400-\u9fff\-]{1,8}|[·•・‧∙⋅．][A-Z]\.?){1,3}")
_INITIALS = re.compile(r"(?:[A-Z][.·．]\s?){1,3}[\u3400-\u9fff]{1,8}(?:[·•・‧∙⋅．][\u3400-\u9fff]{1,8})?")
# Parts of names that no other word has; one of them and a few characters are a name.
_PARTS = re.compile(
    "古丽|买买提|阿不都|阿卜杜|阿布都|阿依|热依|吐尔逊|吐尔地|依布拉|伊布拉|木合塔|艾合买|努尔|热合曼|克力木|肉孜|玉素甫|帕提|帕夏|玛依|"
    "买合木|图尔荪|艾尔肯|迪丽|再努|哈丽|沙吾列|叶尔|别克|江古力|"
    "其木格|其其格|琪琪格|格日勒|巴特尔|巴图|乌云|乌兰|斯琴|苏日|娜仁|萨仁|那仁|敖登|阿拉坦|阿拉腾|孟和|哈斯|托娅|图雅|朝鲁|宝音|布仁|"
    "巴雅尔|额尔|牧仁|呼日|苏和|高娃|塔娜|白音|特木尔|通拉嘎|吉日嘎|乌日|"
    "吉克|沙马|阿苦|莫色|曲木|吉木|马海|俄木|阿木|尔古"
)
_HAN = re.compile("[\u3400-\u9fff]{3,7}")
# Towns and words that have such a part.
_NO_NAME = re.compile(
    "(?:额尔古纳|额尔齐斯|巴图湾|乌兰(?:浩特|察布|巴托|布和|县|牧骑)|哈斯(?:勒|克)|努尔哈赤|帕提农|白音华|别克(?:汽车|君))|[网报台社局镇乡县市州旗村区]$"
)


def is_tibetan_name(name: str) -> bool:
    """Say whether a string is a Tibetan's name: 边巴次仁, 卓玛."""
    return _TIBETAN.fullmatch(name) is not None


def is_ethnic_name(name: str) -> bool:
    """Say whether a string is a name of this kind: 艾力·买买提, 阿依古丽, 乌云其木格, 约翰·F·肯尼迪, J. K. 罗琳."""
    if _TIBETAN.fullmatch(name) or _DOTTED.fullmatch(name) or _INITIALS.fullmatch(name):
        return True
    return _HAN.fullmatch(name) is not None and _PARTS.search(name) is not None and not _NO_NAME.search(name)
