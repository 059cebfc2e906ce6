"""Takes the pictures of this guide: walks one case from the request to the payment, as each role (script/screenshots).

usage: python docs/guide/screenshots.py ADDRESS [ROLE ...]
ADDRESS is that of a demo whose case and quarter nobody has touched. With roles, such as finance, only theirs are taken.
"""

import sys
from shutil import which

from at_a_browser import IMAGES, WANTED, WIDTH, choose, follow, look, on_day, picture, press, sign_in, write
from playwright.sync_api import Page, sync_playwright
from register_walk import administer

FLAGS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking".split()
QUARTER = "/contracts/SCO/performance/2018-Q2"
STATEMENT = "/contracts/SCO/statements/2018-Q2"
ANNOUNCED = "section:has(> h2:text-is('Opportunities and events'))"
DECISION = "/decisions/16-00051/"


def main(address: str) -> None:
    """Walk as everybody whose pictures are wanted."""
    known = set().union(*WALKS)
    if WANTED - known:
        sys.exit(f"Say whose pictures: {', '.join(sorted(known))}.")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = which("chromium-headless-shell") or which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": 900})
        page.set_default_timeout(10_000)
        for roles, walk in WALKS.items():
            if not WANTED or WANTED & roles:
                walk(page)
        browser.close()


def walk_the_thread(page: Page) -> None:
    """Each goes on from where the one before stopped, so all of them walk, whoever's pictures are kept."""
    case = ask_for_support(page)
    advise(page, case)
    lead(page)
    manage_the_contract(page)
    authorise(page)


def anyone(page: Page) -> None:
    """What everybody sees without an account."""
    look(page, "/", "public-home")
    look(page, "/organisations/?q=whitstone", "public-directory", tallest=810)
    page.goto("/organisations/")
    page.get_by_role("combobox").press_sequentially("lunch cl")
    page.get_by_role("option").first.wait_for()
    picture(page, "public-suggestions", tallest=620)
    page.goto("/organisations/?q=seaview+good+neighbours")
    page.get_by_role("link", name="Seaview Good Neighbours", exact=True).click()
    picture(page, "public-announced", tallest=1000, part=ANNOUNCED)
    look(page, "/organisations/sector/", "public-sector", tallest=900)
    look(page, "/contracts/SCO/performance/2018-Q1", "public-report", tallest=900)
    page.goto("/consultations/")
    page.locator("main a[href*='/you-said/']").first.click()
    picture(page, "public-you-said", tallest=900)
    look(page, DECISION, "public-decision", tallest=900)
    look(page, "/account/sign-in/", "public-sign-in")


def ask_for_support(page: Page) -> str:
    """Dora asks for support; the address of the case that comes of it."""
    sign_in(page, "dora.mills@example.org")
    picture(page, "organisation-home")
    look(page, "/support/ask/", "organisation-topic")
    choose(page, "Finding funds and bidding for them")
    press(page, "Continue")
    write(page, "Tell us about it", "Our main grant ends in March and we do not know where to look next.")
    press(page, "Continue")
    page.locator("main").get_by_role("checkbox", name="Estuary Volunteers").check()
    picture(page, "organisation-who", tallest=1250)
    press(page, "Continue")
    picture(page, "organisation-check")
    press(page, "Ask for support")
    picture(page, "organisation-case", tallest=620)
    case = page.url
    look(page, f"{case}partners/", "organisation-partners")
    page.goto("/")
    follow(page, "still right?")
    picture(page, "organisation-profile")
    announce(page)
    return case


def announce(page: Page) -> None:
    """Dora puts an open morning on the profile, and looks at all that was announced there."""
    follow(page, "Add an opportunity or event")
    choose(page, "Event")
    press(page, "Continue")
    write(page, "Title", "Open morning")
    write(page, "What it is", "Meet the people who visit, and the people they visit. Tea and cake are on us.")
    on_day(page, "Day", "14 7 2018")
    write(page, "Telephone number", "01632 960101")
    picture(page, "organisation-announce", tallest=1250)
    press(page, "Add this event")
    picture(page, "organisation-announced", tallest=900)


def advise(page: Page, case: str) -> None:
    """Alice triages the case, takes it, helps and completes it."""
    sign_in(page, "alice.ashby@example.org")
    picture(page, "adviser-home")
    page.goto("/account/claims/to-vouch/")
    page.locator("main tbody a").first.click()
    picture(page, "adviser-vouch")
    look(page, "/support/", "adviser-cases", tallest=640)
    page.goto(case)
    follow(page, "Triage this request")
    choose(page, "Soon: a date is coming")
    picture(page, "adviser-triage")
    press(page, "Make it ready for an adviser")
    picture(page, "adviser-ready", tallest=560)
    follow(page, "Take this case")
    press(page, "Take this case")
    follow(page, "Record what you did")
    choose(page, "Telephone call")
    write(page, "How many minutes", "45")
    write(page, "What did you do", "Went through three funds that fit and chose one.")
    picture(page, "adviser-activity", tallest=900)
    press(page, "Record it")
    follow(page, "Complete this case")
    choose(page, "The need was met")
    write(page, "What is different now", "They know which funds fit and when each closes.")
    picture(page, "adviser-complete")
    press(page, "Complete this case")
    picture(page, "adviser-completed", tallest=1250)


def lead(page: Page) -> None:
    """Bella signs, and then Anna, whose signature is the last."""
    for email, name in (("bella.quinn@example.org", "Bella Quinn"), ("anna.marsh@example.org", "Anna Marsh")):
        sign_in(page, email)
        if name == "Anna Marsh":
            picture(page, "partner-lead-home")
        page.goto(QUARTER)
        follow(page, "Sign the quarter")
        write(page, "Your full name", name)
        if name == "Anna Marsh":
            picture(page, "partner-lead-sign")
        press(page, "Sign the quarter")
    look(page, "/support/interests/", "partner-lead-interests")
    look(page, "/support/interests/declare/", "partner-lead-declare")
    look(page, "/contracts/SCO/statements/", "partner-lead-statements")
    look(page, "/contracts/SCO/members/", "partner-lead-members", tallest=1100)
    page.goto("/contracts/SCO/books/2018-Q1/")
    follow(page, "Weald and Downland")
    picture(page, "partner-lead-books", tallest=1250)
    look(page, "/contracts/SCO/what-if/?over=5&score=0.8", "partner-lead-what-if", tallest=1500)


def manage_the_contract(page: Page) -> None:
    """Olive reads the signed report, draws the statement up and certifies it."""
    sign_in(page, "olive.grant@example.org")
    picture(page, "contract-manager-home")
    look(page, "/contracts/SCO/performance/", "contract-manager-quarters")
    look(page, QUARTER, "contract-manager-report", tallest=900)
    look(page, f"{QUARTER}/evidence/days-to-first-contact", "contract-manager-evidence", tallest=640)
    page.goto(STATEMENT)
    press(page, "Draw up the statement")
    picture(page, "contract-manager-statement", tallest=900)
    follow(page, "Certify the statement")
    press(page, "Certify the statement")
    picture(page, "contract-manager-certified", tallest=560)
    look(page, "/contracts/SCO/grants/", "contract-manager-grants", tallest=900)
    look(page, "/contracts/SCO/extensions/", "contract-manager-extensions", tallest=1100)
    look(page, "/contracts/SCO/extensions/1/", "contract-manager-dossier", tallest=1300)
    look(page, "/contracts/SCO/books/2018-Q1/", "contract-manager-books", tallest=1250)
    look(page, "/contracts/SCO/share/1/", "contract-manager-share", tallest=1100)
    keep_the_contract(page)


def keep_the_contract(page: Page) -> None:
    """What was signed and promised, what is due, and who may join."""
    look(page, "/contracts/SCO/documents/", "contract-manager-documents", tallest=1000)
    look(page, "/contracts/SCO/promises/", "contract-manager-promises", tallest=900)
    look(page, "/contracts/SCO/timeline/", "contract-manager-timeline", tallest=1200)
    page.goto("/contracts/SCO/members/")
    page.locator("#joining a").first.click()
    picture(page, "contract-manager-membership", tallest=1100)


def sit_at_the_table(page: Page) -> None:
    """Bella and Olive look at what members of the alliance share."""
    here = "/contracts/SCO/"
    sign_in(page, "bella.quinn@example.org")
    look(page, "/support/interests/cost/", "alliance-interest-cost", tallest=1100)
    sign_in(page, "olive.grant@example.org")
    look(page, f"{here}subcontracts/", "alliance-subcontracts", tallest=900)
    page.goto(f"{here}variations/")
    follow(page, "Bring £9,000 forward")
    picture(page, "alliance-variation", tallest=1250)
    look(page, f"{here}risks/", "alliance-risks", tallest=1000)
    look(page, f"{here}presence/", "alliance-presence", tallest=1000)
    look(page, f"{here}plans/", "alliance-plans", tallest=1000)


def decide_together(page: Page) -> None:
    """Anna takes a position, Bella amends her words, and Olive reads what is stalled."""
    room = "/contracts/SCO/proposals/"
    sign_in(page, "anna.marsh@example.org")
    look(page, room, "partner-lead-proposals", tallest=1100)
    follow(page, "Shares follow the cases")
    follow(page, "Take your position")
    choose(page, "Accept")
    picture(page, "partner-lead-position", tallest=1500)
    sign_in(page, "bella.quinn@example.org")
    page.goto(room)
    follow(page, "Shares follow the cases")
    follow(page, "Amend it")
    write(page, "What do you propose", "From October each partner’s share moves half a step towards its cases.")
    write(page, "Share of Cathedral", "8")
    write(page, "Share of Harbourside", "14")
    write(page, "What is different, and why", "The walk-in office stays open on 4 days.")
    press(page, "Amend it")
    follow(page, "See the last two versions side by side")
    picture(page, "partner-lead-versions", tallest=900)
    sign_in(page, "olive.grant@example.org")
    page.goto(room)
    follow(page, "No member puts its reserves at stake")
    picture(page, "contract-manager-proposal", tallest=2000)


def authorise(page: Page) -> None:
    """Fred authorises what Olive certified."""
    sign_in(page, "fred.baxter@example.org")
    picture(page, "finance-home")
    page.goto(STATEMENT)
    follow(page, "Authorise payment")
    picture(page, "finance-authorise")
    press(page, "Authorise payment")
    picture(page, "finance-authorised", tallest=560)
    look(page, "/contracts/SCO/money/", "finance-money", tallest=1250)
    page.goto("/contracts/SCO/payments/")
    page.locator("#batches tbody a").first.click()
    picture(page, "finance-batch")


def commission(page: Page) -> None:
    """Carol opens a commission, and then reads the one that came to its decision."""
    sign_in(page, "carol.denning@example.org")
    page.goto("/commissions/new/")
    write(page, "Title", "Transport to hospital")
    write(page, "Purpose", "People without a car miss their appointments.")
    press(page, "Open the commission")
    picture(page, "commissioning-officer-opened", tallest=900)
    find_out(page)
    plan(page)
    page.goto("/budget/")
    for label, figure in (("Baseline", "615291"), ("Step down", "10"), ("Day", "1"), ("Month", "1"), ("Year", "2017")):
        page.locator("main").get_by_label(label, exact=True).fill(figure)
    press(page, "Work it out")
    picture(page, "commissioning-officer-budget", tallest=1250)
    look(page, "/rulebook/", "commissioning-officer-rulebook", tallest=640)


def find_out(page: Page) -> None:
    """What people said, how it was read, and what it came to."""
    here = the_commission(page)
    look(page, f"{here}policies/", "commissioning-officer-policies", tallest=600)
    look(page, f"{here}market/", "commissioning-officer-market", tallest=900)
    look(page, f"{here}provision/endings/", "commissioning-officer-endings", tallest=1000)
    for kind, name in (("statements", "finding"), ("consultations", "consultation")):
        page.goto(f"{here}findings/")
        page.locator(f"main a[href*='/findings/{kind}/']:not([href$='/new/'])").first.click()
        picture(page, f"commissioning-officer-{name}", tallest=1000)
    look(page, f"{page.url}analysis/", "commissioning-officer-answers", tallest=1100)


def plan(page: Page) -> None:
    """What is wanted, which option is best, what it costs, whom it touches, and the report that says so."""
    here = the_commission(page)
    look(page, f"{here}outcomes/", "commissioning-officer-outcomes", tallest=1000)
    look(page, f"{here}appraisal/1/result/", "commissioning-officer-appraisal", tallest=1200)
    look(page, f"{here}budget/", "commissioning-officer-scenarios", tallest=1200)
    look(page, f"{here}equality/", "commissioning-officer-equality", tallest=1000)
    look(page, f"{DECISION}report/draft/", "commissioning-officer-report", tallest=1100)


def the_commission(page: Page) -> str:
    """The address of the one that came to its decision."""
    page.goto("/commissions/")
    follow(page, "Strengthening")
    return page.url


def protect_data(page: Page) -> None:
    """Dev reads who did what."""
    sign_in(page, "dev.acharya@example.org")
    look(page, "/audit/", "data-protection-officer-audit")
    page.locator("main tbody a").first.click()
    picture(page, "data-protection-officer-entry")


def volunteer(page: Page) -> None:
    """Vera looks for a group that she could help."""
    sign_in(page, "vera.okafor@example.org")
    picture(page, "volunteer-home")
    page.goto("/organisations/")
    page.get_by_text("Narrow the list").click()
    page.get_by_label("District", exact=True).select_option("E07000108")  # Dover
    page.get_by_label("Cause", exact=True).select_option("poverty")
    press(page, "Find organisations")
    picture(page, "volunteer-groups", tallest=1250)
    look(page, "/account/", "volunteer-account", tallest=800)


def procure(page: Page) -> None:
    """Priya reads the contract that runs now."""
    sign_in(page, "priya.nair@example.org")
    picture(page, "procurement-officer-home")
    look(page, "/contracts/SCO/", "procurement-officer-contract", tallest=1130)
    look(page, DECISION, "procurement-officer-decision", tallest=1600)


def evaluate(page: Page) -> None:
    """Edwin reads how each quarter went."""
    sign_in(page, "edwin.foss@example.org")
    picture(page, "evaluator-home")
    look(page, "/contracts/SCO/performance/", "evaluator-quarters")


def serve_democracy(page: Page) -> None:
    """Daphne opens a decision, is refused what is too soon, and reads one that was taken."""
    sign_in(page, "daphne.lowe@example.org")
    picture(page, "democratic-services-home")
    decision = open_decision(page)
    follow(page, "Publish it on the forward plan")
    write(page, "Documents that the decision maker is given", "The report")
    write(page, "Where copies can be had", "Democratic Services, County Hall")
    on_day(page, "Not before", "16 7 2018")
    press(page, "Publish it")
    picture(page, "democratic-services-too-soon", tallest=900)
    on_day(page, "Not before", "31 7 2018")
    press(page, "Publish it")
    look(page, decision, "democratic-services-guards", tallest=1250)
    page.goto(f"{decision}take/")
    press(page, "Record it")
    picture(page, "democratic-services-refused", tallest=900)
    look(page, DECISION, "democratic-services-decision", tallest=1600)
    look(page, f"{DECISION}timetable/", "democratic-services-timetable", tallest=1100)
    page.goto("/decisions/deadline/")
    page.get_by_label("Rule").select_option("call-in")
    on_day(page, "Day on which it starts", "17 10 2019")
    press(page, "Work it out")
    page.get_by_text("Show the days").click()
    picture(page, "democratic-services-deadline", tallest=1100)
    look(page, "/rulebook/", "democratic-services-rulebook", tallest=1100)


def open_decision(page: Page) -> str:
    """A key decision that one person will take, after a committee has met; its address."""
    page.goto("/decisions/new/")
    write(page, "Reference", "18/00012")
    write(page, "Title", "Transport to hospital")
    write(page, "What is to be decided", "Whether the council pays for lifts to hospital.")
    page.get_by_label("Pathway").select_option("")
    press(page, "Open the decision")
    decision = page.url
    follow(page, "Say who takes it, and whom it affects")
    choose(page, "One member of the executive, or an officer")
    write(page, "Name of the person or body", "Lee Hart")
    write(page, "Title of the person", "Leader of the Council")
    write(page, "Why it is, or is not", "It affects more than two divisions.")
    write(page, "Divisions affected", "All divisions")
    write(page, "Department", "Social Care")
    write(page, "Lead officer", "Sam Reed")
    for question in ("Is it a key decision?", "Can members call it in?"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    press(page, "Save")
    follow(page, "Add a body to the pathway")
    write(page, "Body", "Care Committee")
    press(page, "Add it")
    return decision


# Whose pictures each walk takes, in the order in which they happen. A picture's name begins with its role.
WALKS = {
    frozenset({"public"}): anyone,
    frozenset({"organisation", "adviser", "partner-lead", "contract-manager", "finance"}): walk_the_thread,
    frozenset({"alliance"}): sit_at_the_table,
    frozenset({"partner-lead", "contract-manager"}): decide_together,
    frozenset({"commissioning-officer"}): commission,
    frozenset({"procurement-officer"}): procure,
    frozenset({"evaluator"}): evaluate,
    frozenset({"democratic-services"}): serve_democracy,
    frozenset({"administrator"}): administer,
    frozenset({"data-protection-officer"}): protect_data,
    frozenset({"volunteer"}): volunteer,
}

if __name__ == "__main__":
    main(sys.argv[1])
