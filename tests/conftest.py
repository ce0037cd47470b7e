"""Every test: no deadline for a single example, which a busy machine would miss; what must be fast is measured as such."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("jiaokan", deadline=None)
settings.load_profile("jiaokan")
