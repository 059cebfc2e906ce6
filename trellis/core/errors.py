"""The one way in which the domain says no."""


class RuleBroken(Exception):
    """A refusal, in a sentence that the person at the page can act on.

    `field` names the form field that the sentence belongs to; empty means the whole form.
    """

    def __init__(self, sentence: str, *, field: str = ""):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
