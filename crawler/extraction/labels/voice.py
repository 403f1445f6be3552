"""How a site speaks: of its publishers, its readers' accounts and comments, their browsers and what they agree to.

News of a publisher or of a law about comments has such words as well. So they tell nothing of a line at the headline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import VOICE, Group, Rule

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["GROUPS"]

_SEVERAL = 2
_PUBLISHER = (
    r"主[管办辦]|[承协協]办|版[权權]|[热熱][线線]|[举舉][报報]|投[诉訴]|授[权權]|许可证|許可證|备案|法律顾问|"
    r"技术支持|镜像|鏡像|[转轉][载載]|侵[权權]|客服|本[网網站刊]|本平台|(?:新闻|重点|政府|官方)网站|[邮郵]箱|\w@\w|"
    r"联系我们|合作"
)
_READERS = (
    r"留言|[評评][论論]|跟[帖贴]|[发發][言帖]|[网網]友|用[户戶]|[账帳][号號]|管理[员員]|屏蔽|禁言|封[禁号]|昵称|"
    r"[删刪]除|[隐隱]藏"
)
_TERMS = (
    r"[隐隱]私|cookie|[条條]款|[协協][议議]|[规規][范範]|同意|接受|遵守|[约約]定|守则|[浏瀏][览覽]器|[视視]?窗口?|"
    r"[网網]页|[关關][闭閉]|升[级級]|简体|繁體|[体體][验驗]|登[录錄入]|注册|下[载載]|订阅"
)
_WORDS = re.compile(f"{_PUBLISHER}|{_READERS}|{_TERMS}", re.IGNORECASE)


def _are_several(line: Line, _: re.Match[str]) -> bool:
    return len({match.group().lower() for match in _WORDS.finditer(line.text)}) >= _SEVERAL


_VOICES = Group(
    VOICE,
    (
        Rule(
            "several words of a site",
            _WORDS.pattern,
            "云水新闻网由云水县委宣传部主管、县融媒体中心主办，是县级重点新闻网站。",
            "县里为运动会设立了热线。",
        ),
    ),
    how="search",
    flags=re.IGNORECASE,
    accept=_are_several,
)
GROUPS: Final = (_VOICES,)
