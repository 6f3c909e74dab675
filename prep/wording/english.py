"""The template drafter in English: plain, warm, sentence case."""

import re

from domain.agendas import FactKind
from domain.people import Format
from domain.topics import Stage
from prep.wording.slots import Deliverable, Wording

ENGLISH = Wording(
    titles={
        Format.ONE_TO_ONE: {
            Stage.GOAL: ("What you want from today", "Where to", "What would help most", "Choosing the one thing"),
            Stage.REALITY: ("How it goes now", "One real case", "What is happening", "A closer look"),
            Stage.OPTIONS: ("What could work", "Other ways", "Ideas to try", "Room to move"),
            Stage.WILL: ("One step", "What you will do", "From talk to action", "Your next move"),
        },
        Format.CHAT: {
            Stage.GOAL: ("Brief", "The brief in short"),
            Stage.REALITY: ("A closer look", "Details that matter"),
            Stage.OPTIONS: ("Ideas", "What could work"),
            Stage.WILL: ("Close", "Close with one step"),
        },
        Format.GROUP: {
            Stage.GOAL: ("Opening round", "Why we are here"),
            Stage.REALITY: ("One case for all of us", "One case, looked at together"),
            Stage.OPTIONS: ("Options from the group", "What each of us would try"),
            Stage.WILL: ("Closing round", "One step each"),
        },
    },
    own_words={
        FactKind.NEED: {
            Stage.GOAL: (
                "You wrote: “{quote}”. What should be clearer when we finish?",
                "You wrote: “{quote}”. What would make this conversation worth your time?",
                "In your words: “{quote}”. Which part of it should we start with?",
                "You came with this: “{quote}”. What would you like to happen next?",
                "You wrote: “{quote}”. What makes it matter right now?",
            ),
            Stage.REALITY: (
                "You also wrote: “{quote}”. Which recent example comes to mind?",
                "Another line of yours: “{quote}”. What does that look like on an ordinary day?",
                "You added: “{quote}”. What have you already tried?",
                "You also wrote: “{quote}”. What part does it play in all this?",
                "You also wrote: “{quote}”. Who else would notice if this changed?",
            ),
            Stage.OPTIONS: (
                "What would you suggest to a colleague who told you: “{quote}”?",
                "You also wrote: “{quote}”. What is the smallest change that would already help?",
            ),
        },
        FactKind.GOAL: {
            Stage.GOAL: (
                "Your goal says: “{quote}”. Which part of it should we work on today?",
                "Your goal says: “{quote}”. What would progress on it look like this month?",
                "You set yourself this goal: “{quote}”. What should be different after today?",
            ),
            Stage.REALITY: (
                "Your goal says: “{quote}”. How far have you come with it?",
                "One of your goals: “{quote}”. What stands in the way right now?",
                "You set yourself this goal: “{quote}”. What have you already tried?",
            ),
            Stage.OPTIONS: (
                "Your goal says: “{quote}”. Which situation this month would be a good place to practise?",
                "One of your goals: “{quote}”. What could you try that costs less than an hour?",
            ),
        },
        FactKind.LAST_FEEDBACK: {
            Stage.GOAL: (
                "After the last session this was still open: “{quote}”. What do you want to settle about it today?",
                "Last time you left with this open: “{quote}”. What has become clearer since?",
            ),
            Stage.REALITY: (
                "After the last session this was still open: “{quote}”. Where have you met it since?",
                "Still open from last time: “{quote}”. What makes it stick?",
            ),
            Stage.OPTIONS: (
                "Still open from last time: “{quote}”. What could you try that you have not tried yet?",
                "This was left open: “{quote}”. Who has solved something similar near you?",
            ),
        },
        FactKind.LAST_NEXT_STEP: {
            Stage.GOAL: (
                "Last time you planned: “{quote}”. What came of it?",
                "The step from last time: “{quote}”. How did it go?",
                "You left with this step: “{quote}”. What did you learn from it?",
            ),
            Stage.REALITY: (
                "The step from last time: “{quote}”. How did it go?",
                "Last time you planned: “{quote}”. What helped or got in the way?",
            ),
        },
    },
    own_question=(
        "You ask: “{quote}”. What is your best answer so far?",
        "Your question was: “{quote}”. What would a good answer let you do?",
        "You ask: “{quote}”. Who near you may know a part of the answer?",
    ),
    own_wish=(
        "You wrote: “{quote}”. What would change once you have it?",
        "In your words: “{quote}”. What stands in the way right now?",
        "You wrote: “{quote}”. By what would you notice that you are there?",
    ),
    first_need=(
        "You wrote: “{quote}”. Which recent example comes to mind first?",
        "You wrote: “{quote}”. What have you already tried?",
        "You wrote: “{quote}”. Who else would notice if this changed?",
        "In your words: “{quote}”. What does that look like on an ordinary day?",
    ),
    group_words={
        Stage.GOAL: (
            "This was brought to the group: “{quote}”. Who has been in the same place?",
            "The session was asked for with these words: “{quote}”. What would you like to take away from it?",
        ),
        Stage.REALITY: (
            "Also brought to the group: “{quote}”. Which part of this happens to you too?",
            "The request goes on: “{quote}”. How does it show in your work?",
        ),
        Stage.OPTIONS: ("What would you suggest to a colleague who says: “{quote}”?",),
    },
    foreign_words=(
        "You wrote in Russian: «{quote}». How would you put it in one English sentence?",
        "Your words, in Russian: «{quote}». How would you say it to your mentor in English?",
    ),
    gaps={
        Stage.GOAL: (
            "“{skill}” is at level {held} now, and level {wanted} is what your target role asks for. "
            "What would you like to be able to do that you cannot do yet?",
            (
                "Your target role asks for level {wanted} in “{skill}”, you are at {held}. What would level {wanted} "
                "look like in your work?"
            ),
        ),
        Stage.REALITY: (
            "“{skill}” stands at level {held} in your profile. What do you already manage without help?",
            "You are at level {held} in “{skill}”. At what point do you still turn to somebody?",
        ),
        Stage.OPTIONS: (
            "“{skill}”: level {held} now, {wanted} wanted. Which task of the coming weeks would let you practise it?",
            "Between level {held} and level {wanted} of “{skill}”, what would be the smallest thing to learn first?",
            "Who around you is strong in “{skill}” and would let you watch?",
        ),
    },
    low_gaps=(
        "“{skill}” is still new to you, level {held} of 4. Where have you met it at work so far?",
        "You are at level {held} in “{skill}”. What have you seen others do that you would like to copy?",
    ),
    shared_gaps={
        Stage.GOAL: ("Several of you are building “{skill}”. What would you like to do with more ease?",),
        Stage.REALITY: (
            "Several of you are building “{skill}”. Where does it already work?",
            "“{skill}” is something several of you work on. What makes it hard in your jobs?",
        ),
        Stage.OPTIONS: (
            "“{skill}” matters to several of you. Which way of practising it has worked for somebody here?",
            "Several of you are building “{skill}”. How could you practise it in pairs?",
        ),
    },
    ask_for_goal=(
        "What is the one thing about “{topic}” that you would like to leave with?",
        "Which situation brought you to “{topic}”?",
        "What would you like to find easier about “{topic}” a month from now?",
    ),
    general={
        Stage.GOAL: (
            "What would you like to be different about “{topic}”?",
            "Which moment at work made “{topic}” matter to you?",
            "What is one result on “{topic}” that you would be glad of?",
        ),
        Stage.REALITY: (
            "What happened the last time “{topic}” came up in your work?",
            "Which part of “{topic}” already goes well for you?",
            "Where does “{topic}” take most of your energy?",
        ),
        Stage.OPTIONS: (
            "Which two ways into “{topic}” have you not tried yet?",
            "How would somebody you admire go about “{topic}”?",
            "What would make “{topic}” half as hard?",
        ),
        Stage.WILL: (
            "On which day will you try the first thing for “{topic}”?",
            "Who will hear from you how “{topic}” went?",
            "What could stop you with “{topic}” this week?",
        ),
    },
    outcome_openings={
        Format.ONE_TO_ONE: "By the end you have",
        Format.CHAT: "By the end of this exchange you have",
        Format.GROUP: "By the end each of you has",
    },
    summary_openings={
        Format.ONE_TO_ONE: "By the end you will",
        Format.CHAT: "By the end of this exchange you will",
        Format.GROUP: "By the end each of you will",
    },
    together="together",
    starts_with_deed=re.compile(
        r"(?:agree|analyse|answer|ask|boil|break|build|check|choose|clear|collect|compare|count|cut|decide|define|design"
        r"|draft|draw|drop|find|fix|follow"
        r"|frame|get|give|go|hear|lay|learn|leave|list|look|make|map|mark|match|measure|move|name|outline|pick"
        r"|pin|plan|practise|prepare"
        r"|price|pull|put|quantify|question|rank|read|rebuild|recalculate|reconstruct|recover|redraw|rehearse|rework|rephrase|replace|replay|review|rewrite|see"
        r"|separate|set|settle|shape"
        r"|shrink|sketch|sort|spell|split|spot|start|state|take|talk|test|trace|trim|try|tune|turn|understand|untangle"
        r"|walk|weigh|word|work|write)\b",
        re.I,
    ),
    in_half_an_hour=re.compile(r"^in half an hour you can ", re.I),
    outcome_ends={
        "quote": (" for what you described: “{quote}”.", ", starting from your own words: “{quote}”."),
        "skill": (", and a way to practise “{skill}” with it.", ", with “{skill}” practised along the way."),
        "topic": (" on “{topic}”.", " for “{topic}” as it is in your work."),
    },
    deliverables={
        Deliverable.TALK: ("two opening sentences, ready to say,", "a short script, tried aloud once,"),
        Deliverable.PLAN: ("a short plan with its first move", "a plan of three lines"),
        Deliverable.CHECKLIST: ("a checklist of three points", "a short list of what to check first"),
        Deliverable.DECISION: ("a decision, with its reason,", "a choice, explained in one sentence,"),
        Deliverable.DRAFT: ("a rough draft, ready for a colleague's eye,", "a first draft, rough but complete,"),
        Deliverable.EXPERIMENT: ("one small experiment to try at work", "an experiment of less than an hour"),
    },
    deliverable_words={
        Deliverable.TALK: ("presentation talk conversation phrase aloud listen feedback praise refuse apologise news"),
        Deliverable.PLAN: "plan goal career schedule week priority order delegate prepare roadmap first month calendar",
        Deliverable.CHECKLIST: "check verify test control quality compare error risk handover rule criteria anonymised",
        Deliverable.DECISION: "choose decide decision agree trade-off drop pick select",
        Deliverable.DRAFT: (
            "write draft message document slide sketch dashboard template note letter diagram design contract"
        ),
        Deliverable.EXPERIMENT: (
            "try habit focus energy rest routine attention procrastinate notice stress calm boundaries confidence"
        ),
    },
    deadlines=("Within a week,", "In the next seven days,", "By the end of next week,"),
    long_deadline="Within two weeks,",
    next_words="next upcoming",
    general_step="try one idea from “{topic}” in a real situation and note what happened.",
    notes={
        "opening_quote": (
            "Behind it stands something you also wrote: “{quote}”.",
            "Worth keeping in view, in your words: “{quote}”.",
            "Also on your mind: “{quote}”.",
        ),
        "opening_gap": (
            "“{skill}”: level {held} now, level {wanted} wanted.",
            "The stretch behind this talk: “{skill}” from level {held} to {wanted}.",
        ),
        "opening_phrase": (
            "Others put it like this: “{phrase}”. Say it your own way.",
            "A sentence heard often here: “{phrase}”. Yours may differ.",
        ),
        "opening_no_material": (
            "No goal is written down for “{topic}” yet: begin by putting one into a sentence.",
            "Nothing was written about “{topic}” beforehand: take a minute to name one goal together.",
        ),
        "opening_no_material_chat": (
            "No goal is written down for “{topic}” yet: begin with one message that names it.",
            "Nothing was written about “{topic}” beforehand: one goal in one sentence is a good first message.",
        ),
        "opening_chat_quote": (
            "The brief: “{quote}”. Two or three sentences per answer, whenever it suits you.",
            "The brief in your words: “{quote}”. Short answers are enough, there is no hurry.",
        ),
        "opening_chat": (
            "Two or three sentences per answer, whenever it suits you. The topic is “{topic}”.",
            "Write when you have five quiet minutes: short answers about “{topic}” are enough.",
        ),
        "reality_role": (
            "One recent case from your work as it is (role: “{role}”); advice can wait.",
            "Stay with one case from your own work (role: “{role}”): what was said, what was done.",
            "Facts before advice: one case from your role (“{role}”), what happened and who was there.",
        ),
        "reality_phrase": (
            "Many describe it so: “{phrase}”. Look for what is alike and what is not.",
            "To compare with: “{phrase}”. Facts first, advice later.",
        ),
        "options_mentor": (
            "Your ideas first, then one example from the mentor's practice (“{mentor}”).",
            "Three ideas before any judging, then one story from the mentor (“{mentor}”).",
            "When ideas run dry, ask what the mentor (“{mentor}”) does in such a case.",
        ),
        "options_gap": (
            "Prefer what trains “{skill}”: level {held} now, {wanted} wanted.",
            "Of two good ideas take the one that exercises “{skill}” (level {held}, aim {wanted}).",
        ),
        "opening_topic": (
            "Agree first on the one thing about “{topic}” that matters today.",
            "Time is short: pick one corner of “{topic}”.",
        ),
        "reality_topic": (
            "One recent case of “{topic}”, facts before advice.",
            "Stay with one real case of “{topic}”.",
        ),
        "options_topic": (
            "Collect ideas on “{topic}” first and judge them afterwards.",
            "Three ideas on “{topic}”, the odd one included, before you pick.",
        ),
        "closing_chat": (
            "One last message closes it: the step and its day.",
            "Close with one message: what, and by when.",
        ),
        "closing_topic": ("Write the step down with its day: “{topic}” is closed for today.",),
        "group_opening": (
            "Facilitator: one round through the group of {people}, {seconds} seconds each. Passing is fine.",
            "Facilitator: go round the group of {people}, {seconds} seconds and one sentence each. Anyone may pass.",
        ),
        "group_opening_voluntary": (
            "Facilitator: a group of {people}: invite volunteers, {seconds} seconds each; nobody is called on.",
        ),
        "group_case": (
            "Facilitator: one case for the whole group, from a volunteer; only questions that help to understand.",
            "Facilitator: ask who in the group brings a case, take one, and hold advice back for now.",
        ),
        "group_options": (
            "Facilitator: a second round in the group, one idea each, no comments until all have spoken.",
            "Facilitator: let the group think in pairs for a minute, then one idea per pair.",
        ),
        "group_options_voluntary": ("Facilitator: pairs first, then ideas from those in the group who wish to speak.",),
        "group_shared_gap": (
            "“{skill}” is what several here are building: ideas that train it come first.",
            "Several in the group are building “{skill}”: ask which idea trains it.",
        ),
        "group_closing": (
            "Facilitator: last round of the group, {seconds} seconds each, one step said aloud.",
            "Facilitator: each in the group names one step, {seconds} seconds each.",
        ),
        "group_closing_voluntary": (
            "Facilitator: everyone in the group writes one step, volunteers read theirs out, {seconds} seconds each.",
        ),
    },
    carry_over="If the step from last time is still open, it comes first.",
    gap_fact="{skill}: level {held} of 4 now, level {wanted} wanted",
    shared_gap_fact="{skill}: several in the group are building it",
    group_fact="Group of {people}{roles}",
    among=", among them {roles}",
    phrase_fact="Often said: “{phrase}”",
    step_fact="A step that suits the topic: {step}",
    alias_fact="Also called: {aliases}",
    role_words={"mentee": "the mentee", "mentor": "the mentor", "colleague": "a colleague"},
)
