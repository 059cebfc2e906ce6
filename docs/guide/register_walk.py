"""How the administrator brings lists in, and says which of their rows are one organisation (see screenshots.py)."""

from at_a_browser import follow, look, picture, press, sign_in
from playwright.sync_api import Page

LIST = b"""Group name,Charity number,Postcode,Income,Secretary
Mill Lane Pantry,,CT17 9AB,24000,J. Abbott
Southdown Choir,1140577,CT17 9AB,8000,P. Barker
The Broken Row,,CT17 9AB,lots,
TOTAL,,,32000,
"""


def administer(page: Page) -> None:
    """Ada invites somebody, and looks at what a list would bring."""
    sign_in(page, "ada.whitlock@example.org")
    picture(page, "administrator-home")
    follow(page, "The people of")
    picture(page, "administrator-people", tallest=560)
    look(page, "/organisations/reports/", "administrator-reports")
    page.goto("/organisations/import/new/")
    files = ("Weald and Downland CVS members.csv", "Two Rivers members July.csv")
    page.locator("main input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": LIST} for name in files]
    )
    press(page, "Send")
    page.get_by_role("button", name="Bring in these 2 lists").wait_for()
    picture(page, "administrator-waiting", tallest=620)
    follow(page, files[0])
    picture(page, "administrator-list", tallest=1100)
    look(page, "/organisations/import/lists/", "administrator-sources", tallest=900)
    page.goto("/organisations/links/")
    press(page, "Answer the next question")
    picture(page, "administrator-same", tallest=1250)
    page.goto("/organisations/links/merges/")
    page.locator("main td a").first.click()
    picture(page, "administrator-merge", tallest=1250)
    page.locator("main dd a").first.click()
    follow(page, "See what it is made of")
    picture(page, "administrator-made-of", tallest=900)
