"""Everything that the body of a page can hold."""

from wagtail import blocks

from .action import ActionBlock
from .lists import AccordionBlock, DocumentsBlock, StepsBlock
from .media import PictureBlock, VideoBlock
from .table import TableBlock
from .text import PARAGRAPH_FEATURES, HeadingBlock, ParagraphBlock, QuoteBlock


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=PARAGRAPH_FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    steps = StepsBlock()
    documents = DocumentsBlock()
    action = ActionBlock()
    table = TableBlock()
    video = VideoBlock()
