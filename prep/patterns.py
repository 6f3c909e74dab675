"""What must never stand in an agenda: cleaning removes it from facts, the gates look for it in drafts."""

import re
from functools import lru_cache

HTML = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[a-z!@#][^<>]*>|<(?:a|img|svg|body|div|span|iframe|script|style"
    r"|object|embed|form|input|link|meta)\b[^<>]*$",
    re.I | re.S,
)
EMAIL = re.compile(r"\b(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I)
LINK = re.compile(
    r"\b(?:https?|ftp|file|data|javascript|vbscript|tel|mailto):\S+|\bwww\.\S+"
    r"|\b(?!asp\.net\b)(?:[a-z0-9-]+\.)+(?:com|org|net|info|io|dev|ai|app|ru|su|рф|me|ly|gg|co|eu|de|uk"
    r"|xyz)\b(?:/\S*)?",
    re.I,
)
PHONE = re.compile(
    r"(?<![\w.,])(?:\+\s?\d|[08]\s?[(-]|\(\d{3,4}\)|[78](?=[\s(-]*\d{3}[\s)-]))[\d\s().-]{6,}\d(?!\w)"
    r"|(?<!\d)\d{10,}(?!\d)"
)
MENTION = re.compile(r"(?<![\w.])@[\w.-]*\w")
MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
MARKDOWN = re.compile(
    r"`+|\*\*|~~|\|\||__(?=\S)|(?<=\S)__|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)|^[ \t]*(?:#{1,6}|>+|[-*+])[ \t]+",
    re.M,
)
CODE = re.compile(
    r"```|`[^`]+`|\{\{.*?\}\}|\{%.*?%\}|\bdef \w+\(|\bfunction\s*\w*\(|\bSELECT\b.+\bFROM\b|\bDROP TABLE\b|=>|;\s*\}",
    re.S,
)
MARKUP = (HTML, LINK, EMAIL, PHONE, MENTION, MARKDOWN_LINK, MARKDOWN, CODE)
"""All that belongs to a page, a message or a program, not to a sentence."""

INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instruction|prompt|rule|context|above|previous|prior)"
    r"|(?:^|[\n.!?\"'»”]\s*)(?:system|assistant|user|developer)\s*:|<\|?\s*(?:im_start|system)|\[/?inst\]"
    r"|\b(?:you are now|you're now|pretend (?:to be|you)|act as an? (?:ai|assistant|chatbot|model|admin))\b"
    r"|\b(?:system|hidden|initial|developer) prompt\b|\bnew instructions?\b|\bjailbreak|\bdan mode\b"
    r"|\b(?:reveal|print|repeat|show|leak|output)\b.{0,30}\b(?:prompt|instruction|verbatim|everything above|json)"
    r"|\b(?:add|insert|include|write|put)\b.{0,25}\b(?:line|note|sentence|link|text)\b.{0,40}\b(?:agenda|mentor"
    r"|plan|draft|telling|saying)"
    r"|\b(?:rate|rank|recommend|choose|approve)\s+(?:me|my budget|this mentor|this profile)\b"
    r"|\b(?:игнориру|проигнорируй|забудь|отмени|не учитывай).{0,40}(?:инструкци|указани|правил|выше|предыдущ)"
    r"|(?:^|[\n.!?»”]\s*)(?:система|системное сообщение|ассистент)\s*:|\bсистемн\w+ (?:промпт|запрос|инструкци)"
    r"|\bпромпт\w* выше"
    r"|\bты (?:теперь|больше не|— модель|языковая модель)|\bпредставь,? что ты|\bдействуй как\b|\bновые инструкции\b"
    r"|\b(?:покажи|выведи|раскрой|повтори|напечатай)\b.{0,30}(?:промпт|инструкци|дословно|json)"
    r"|\b(?:покажите|выведите|раскройте|повторите|напечатайте) (?:свой |ваш |весь |системн\w+ )*(?:промпт|инструкци)"
    r"|\b(?:добавь|вставь|впиши|напиши|укажи)\b.{0,25}(?:строк|фраз|ссылк|пункт|план)"
    r"|\b(?:добавь|вставь|впиши|напиши|укажи)(?:те)?\b.{0,40}(?:повестк|наставник|ментор)"
    r"|\b(?:порекомендуй|рекомендуй|одобри|поставь|выбери)\s+(?:меня|мне|мой|мо[юё]|этого ментора|бюджет)",
    re.S,
)


@lru_cache(maxsize=4_000)
def reads_like_instruction(text: str) -> bool:
    """Whether a text seems to talk to a program; benign goals are caught too, so no fact is dropped for it."""
    return bool(INSTRUCTION.search(text.casefold()))


LEAK = re.compile(
    r"\b(?:as an ai\b|language model\b|system prompt|my instructions|these instructions|the prompt (?:says|above)"
    r"|json\b.{0,12}(?:object|schema)"
    r"|i (?:cannot|can't|am unable to) (?:help|assist|comply)|fact ids?\b|numbered facts|как (?:языковая модель"
    r"|ии|искусственный интеллект)\b"
    r"|языковая модель|системн\w+ промпт|мои инструкции|номера? фактов|не могу (?:помочь|выполнить) (?:с этим|эту"
    r"|этот))",
    re.I,
)
TABOO = re.compile(
    r"\b(?:religio\w*|church|mosque|pregnan\w*|sexual\w*|ethnic\w*|divorc\w*|antidepress\w*|suicid\w*"
    r"|political (?:views|party)|who (?:do|did) you vote"
    r"|your (?:husband|wife|marriage|diagnosis|illness|disability|nationality|salary history)|are you (?:married"
    r"|gay|pregnant|religious)"
    r"|религи\w*|церк\w*|беремен\w*|сексуальн\w*|этническ\w*|национальност\w*|развод\w*|развест\w*|антидепресс\w*"
    r"|суицид\w*|самоубий\w*"
    r"|политическ\w+ взгляд\w*|за кого вы голос\w*|ваш(?:а|его|ей|у|ем)? (?:муж\w*|жен[аыуе]\w*|брак\w*"
    r"|диагноз\w*|инвалидност\w*|болезн\w*))",
    re.I,
)
