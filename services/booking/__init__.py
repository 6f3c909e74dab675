"""The life of a mentoring session: asked for, answered, moved, held, followed up; each use case one transaction."""
