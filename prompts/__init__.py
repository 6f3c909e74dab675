"""Prompts and language models: immutable versions of prompts, rendered in a sandbox, and the one way to a model."""

from prompts.endpoints import ModelSettings
from prompts.failures import FailureCode, LLMFailed
from prompts.llm import LLM, Completion, LiteLLM
from prompts.versions import Message, Prompt, load_prompt, versions_of

__all__ = [
    "LLM",
    "Completion",
    "FailureCode",
    "LLMFailed",
    "LiteLLM",
    "Message",
    "ModelSettings",
    "Prompt",
    "load_prompt",
    "versions_of",
]
