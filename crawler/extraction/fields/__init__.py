"""The facts of an article: headline, time, source, people, pictures, and where each stands."""
