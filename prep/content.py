"""Which words of a text carry its meaning: lemmas without stop words, for citations and for the rubric."""

from functools import lru_cache

from embeddings import lemmas

_ENGLISH = """
a about above actually after again all almost already also always am an and another any anybody anyone anything are
around as ask at
away back be became because become been before being below best better between both but by came can cannot come could
day did different
do does doing done down each either else end enough even ever every everyone everything exactly far few find first
five for four from
further gave get getting give given go goes going gone good got great had half happen has have having he help her here
hers herself him
himself his hour how however i if in instead into is it its itself just keep kept kind know last later least less let
like little look
lot made make many matter may maybe me might mine minute month more most mostly much must my myself near need never
new next no nobody
none nor not nothing now of off often on once one only or other our ours ourselves out over own part people perhaps
person place put
quite rather real really right said same say see seem sentence several shall she should show since small so some
somebody someone
something sometimes soon sort still such sure take tell than that the their theirs them themselves then there these
they thing think
this those three through time to today together told too took toward try turn two under until up upon us use used
usually very want
was way we week well went were what when where whether which while who whole whom whose why will with within without
word work would
write wrote year yes yet you your yours yourself
"""
_RUSSIAN = """
а без ближайший более больше будто бы был была были было быть в вам вами вас ваш ваша ваше ваши весь вдруг ведь вещь
видеть во возможно
вообще вопрос вот время все всегда всего всё всех вы где говорить год да давать даже два делать дело день для до друг
другой его ее её ей
ему если есть еще ещё ж же за зачем знать и из или им ими именно иногда иной их к как какая какой каждый когда коллега
конечно конец
который кто куда лишь лучше лучший любой маленький много может можно мой моя мочь мы на над надо назад найти написать
нас наш не него нее неё
неделя некоторый нельзя несколько нет неужели ни нибудь никогда ним них ничего ничто но новый ну нужно нужный о об
обычно один однако он она они
оно опять от ответ очень перед по под пойти пока понимать понять после последний потом потому почему почти прежде при
про просто пусть работа
работать раз разве разный с сам самый свой своя себе себя сегодня сейчас сделать скажем сказать сколько слишком слово
снова со совсем стать стоить сторона
стоять так такой там твой те тебе тебя тем теперь то тогда того тоже только том тот три тут ты у уже успеть хороший
хорошо хотеть хоть хотя человек
чем через что чтоб чтобы что-то чуть шаг этот это эта эти я час минута
помогать помочь получаться получиться происходить произойти случиться бывать остаться остаться решить решать выходить
выйти должный важный
"""


@lru_cache(maxsize=1)
def _stop_lemmas() -> frozenset[str]:
    """Return the stop words of both languages in the form that `lemmas` gives them."""
    return frozenset(lemmas(_ENGLISH)) | frozenset(lemmas(_RUSSIAN)) | frozenset(_RUSSIAN.replace("ё", "е").split())


@lru_cache(maxsize=20_000)
def content_lemmas(text: str) -> frozenset[str]:
    """Return the lemmas of a text that carry meaning: no stop words, no bare numbers, no single letters."""
    stop = _stop_lemmas()
    return frozenset(word for word in lemmas(text) if word not in stop and len(word) > 1 and not word.isdigit())
