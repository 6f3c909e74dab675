"""Needs to topics, topics to mentors: pure rankings with reasons, by `recommend_topics` and `rank_mentors`."""

from recommender.eligibility import count_mentors
from recommender.mentor_pool import MentorPool, build_mentor_pool, mentor_texts
from recommender.mentors import MentorRanking, rank_mentors
from recommender.requests import (
    MentorRequest,
    NeedVectors,
    TopicRequest,
    feedback_needs,
    goal_needs,
    need_texts,
    with_vectors,
)
from recommender.slots import SlotSearch, free_slots, next_free_slot
from recommender.topic_space import TopicSpace, build_topic_space, learn_classifier, topic_similarity, topic_texts
from recommender.topics import TopicRanking, recommend_topics, with_mentors
from recommender.weights import MentorWeights, TopicWeights

__all__ = [
    "MentorPool",
    "MentorRanking",
    "MentorRequest",
    "MentorWeights",
    "NeedVectors",
    "SlotSearch",
    "TopicRanking",
    "TopicRequest",
    "TopicSpace",
    "TopicWeights",
    "build_mentor_pool",
    "build_topic_space",
    "count_mentors",
    "feedback_needs",
    "free_slots",
    "goal_needs",
    "learn_classifier",
    "mentor_texts",
    "need_texts",
    "next_free_slot",
    "rank_mentors",
    "recommend_topics",
    "topic_similarity",
    "topic_texts",
    "with_mentors",
    "with_vectors",
]
