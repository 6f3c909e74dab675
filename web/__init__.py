"""The pages for mentees, mentors and HR, and the JSON API under /api/v1."""
