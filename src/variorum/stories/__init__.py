"""Which articles tell of the same event: `gather` for a collection at once, `StoryStream` as they arrive; `merged` and
`parted` for those who know better; `affairs`: which stories belong to one longer affair."""

from variorum.stories.affairs import affairs
from variorum.stories.config import StoriesConfig
from variorum.stories.gather import gather
from variorum.stories.regroup import merged, parted
from variorum.stories.sharing import Part
from variorum.stories.stream import Change, StoryStream

__all__ = ["Change", "Part", "StoriesConfig", "StoryStream", "affairs", "gather", "merged", "parted"]
