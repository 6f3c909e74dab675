"""The configured model with one version of the agenda prompt, as the evaluation of prepared agendas measures it."""

from domain.errors import NotReady
from domain.language import Language
from prep import brief_of
from prompts import Prompt
from services.context import Context
from services.evaluate_prep import MeasuredWriter
from services.model_policy import midnight
from services.model_writer import ModelDesk, ModelWriter, Purpose
from services.prep_cases import read_prep_cases
from services.prompt_versions import AGENDA, prompt_in_force, read_prompt
from store import unit_of_work

EVALUATION = "evaluation"


def measured_model(context: Context, version: str | None = None) -> MeasuredWriter:
    """Return the model as a writer to measure; its calls go into the ledger and count against today's budget.

    Parameters
    ----------
    version
        Of the agenda prompt; None for the one in force.

    Raises
    ------
    NotReady
        If no model is configured.
    NotFound
        If there is no such version.
    """
    if context.model is None:
        raise NotReady("No language model is set. Set HALFHOUR_LLM_MODEL, such as ollama/qwen3, and repeat.")
    with unit_of_work(context.engine) as store:
        prompt = read_prompt(store, AGENDA, version) if version else prompt_in_force(store, AGENDA)
    desk = FreshDesks(context, prompt)
    instructions = "\n".join(_instructions(prompt, language) for language in Language)
    return MeasuredWriter(ModelWriter(desk), f"{context.model.name}, {prompt.label}", instructions, desk.spent_usd)


class FreshDesks(ModelDesk):
    """A desk that lets every call have the whole deadline: drafts of an evaluation follow each other."""

    def __init__(self, context: Context, prompt: Prompt) -> None:
        super().__init__(context, prompt, Purpose(EVALUATION))

    def left_seconds(self) -> float:
        """Return the deadline of one draft."""
        return self._model.deadline.total_seconds()

    def spent_usd(self) -> float:
        """Return what evaluations have cost today."""
        with unit_of_work(self._context.engine) as store:
            return store.llm_calls.spent(midnight(self._context.clock()), purpose=EVALUATION).usd


def _instructions(prompt: Prompt, language: Language) -> str:
    case = next(case for case in read_prep_cases() if case.request.language is language)
    return prompt.render(language, brief_of(case.request).values())[0].content
