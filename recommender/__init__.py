"""Needs to topics, topics to mentors: pure rankings with reasons, by `recommend_topics` and `rank_mentors`."""

from recommender.diaries import Diary, search_between
from recommender.eligibility import count_mentors, parting_rule, seeker_of
from recommender.helped import HelpedTopics, build_helped_topics
from recommender.learnt_ranker import LearntRanker
from recommender.mentor_pool import MentorPool, with_timetables
from recommender.mentors import MentorRanking, first_mentors, rank_mentors
from recommender.outcomes import mentor_choices, topic_choices
from recommender.pool_building import build_mentor_pool, mentor_texts
from recommender.requests import (
    MentorRequest,
    NeedVectors,
    TopicRequest,
    feedback_needs,
    goal_needs,
    need_texts,
    whole_text,
    with_vectors,
)
from recommender.role_gaps import RoleGaps
from recommender.role_kernel import RoleKernel
from recommender.role_lesson import FEWEST_ROLES, Comparison, RoleLesson, count_teachers, learn_role_lesson
from recommender.role_skills import LikelySkill, LikelySkills, likely_skills
from recommender.role_space import RoleSpace, role_texts
from recommender.skill_ranker import SkillRanker
from recommender.slots import Obstacle, SlotSearch, free_slots, is_in_day, next_free_slot, obstacle_to
from recommender.supply import count_free_soon
from recommender.topic_space import (
    TopicSpace,
    build_topic_space,
    learn_classifier,
    topic_similarity,
    topic_texts,
    with_classifier,
)
from recommender.topics import TopicRanking, first_topics, recommend_topics, with_mentors
from recommender.weight_learning import Learnt, learn_weights
from recommender.weights import MentorWeights, TopicWeights

__all__ = [
    "FEWEST_ROLES",
    "Comparison",
    "Diary",
    "HelpedTopics",
    "Learnt",
    "LearntRanker",
    "LikelySkill",
    "LikelySkills",
    "MentorPool",
    "MentorRanking",
    "MentorRequest",
    "MentorWeights",
    "NeedVectors",
    "Obstacle",
    "RoleGaps",
    "RoleKernel",
    "RoleLesson",
    "RoleSpace",
    "SkillRanker",
    "SlotSearch",
    "TopicRanking",
    "TopicRequest",
    "TopicSpace",
    "TopicWeights",
    "build_helped_topics",
    "build_mentor_pool",
    "build_topic_space",
    "count_free_soon",
    "count_mentors",
    "count_teachers",
    "feedback_needs",
    "first_mentors",
    "first_topics",
    "free_slots",
    "goal_needs",
    "is_in_day",
    "learn_classifier",
    "learn_role_lesson",
    "learn_weights",
    "likely_skills",
    "mentor_choices",
    "mentor_texts",
    "need_texts",
    "next_free_slot",
    "obstacle_to",
    "parting_rule",
    "rank_mentors",
    "recommend_topics",
    "role_texts",
    "search_between",
    "seeker_of",
    "topic_choices",
    "topic_similarity",
    "topic_texts",
    "whole_text",
    "with_classifier",
    "with_mentors",
    "with_timetables",
    "with_vectors",
]
