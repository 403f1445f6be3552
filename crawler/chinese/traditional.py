"""The words and marks of credits, read as simplified ones and plain ones; names stay as they are written."""

from __future__ import annotations

import re

from crawler.chinese.marks import plain_dots, plain_marks

__all__ = ["fold", "unfolded"]

# Only the characters that such words are made of (記者, 台北報導, 攝影, 編輯, 6日電, 發佈單位), one for one.
_CHARACTERS = (
    "記報導連線攝圖編輯責譯採訪撰寫執筆電訊員約實習評論綜專題時供業審對監製統籌來發繪錄整體國際組"
    "聞處載轉選佈單關機構資點閱瀏覽屬標簽類數擊開"
    "內於網見師絡術視覺頻總終複覆劃傳設計間庫後讀問氣熱號贊糾錯籤鍵詞欄掃碼護語歸頭閲變張貼"
)
_ANY = re.compile(f"[{_CHARACTERS}]")
_TABLE = str.maketrans(
    _CHARACTERS,
    "记报导连线摄图编辑责译采访撰写执笔电讯员约实习评论综专题时供业审对监制统筹来发绘录整体国际组"
    "闻处载转选布单关机构资点阅浏览属标签类数击开"
    "内于网见师络术视觉频总终复复划传设计间库后读问气热号赞纠错签键词栏扫码护语归头阅变张贴",
)


def fold(text: str) -> str:
    """Return the text with those characters simplified, and plain marks, of the same length."""
    text = plain_dots(plain_marks(text))
    return text.translate(_TABLE) if _ANY.search(text) else text


def unfolded(name: str, folded: str, text: str) -> str:
    """Return a name found in the ``folded`` form of ``text``, as the text writes it."""
    at = folded.find(name)
    return text[at : at + len(name)] if at >= 0 else name
