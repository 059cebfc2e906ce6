"""What is brought in beside a return: files of costs, and evidence."""

from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import books as commands
from trellis.payments.commands import books_files
from trellis.payments.forms import books as forms
from trellis.payments.models import BookReturn, ReturnFile
from trellis.payments.presenters import book_return as presenters
from trellis.payments.queries import book_return as queries
from trellis.payments.queries import books as book_queries
from trellis.payments.rules.books import sorted_out
from trellis.payments.rules.evidence_files import KINDS
from trellis.payments.uploads import cost_rows
from trellis.payments.views.books import kept_return
from trellis.web.acts import ask_and_do, press
from trellis.web.words import counted


@requires(Permission.BOOKS_KEEP)
def import_costs(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponseBase:
    """Bring in a file of costs: what can be kept is kept, and every other line is told why not."""
    book = kept_return(request, reference, quarter, organisation)
    form = forms.CostsFileForm(request.POST or None, request.FILES or None)
    page = presenters.step(book.partner, quarter, title="Bring in a file of costs") | {"form": form}
    page |= {"button": "Bring them in", "categories": book_queries.categories()}
    if form.is_bound and form.is_valid():
        try:
            refused = _bring_in(request, book, form.cleaned_data["file"])
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            if not refused:
                return redirect(page["cancel"])
            page["refused"] = presenters.refused_table(request, refused)
    return render(request, "payments/books/import.html", page)


def _bring_in(request: Request, book: BookReturn, upload: UploadedFile) -> list[tuple[int, str]]:
    """The lines that were refused; what was taken over is said on the next page."""
    kinds = book_queries.categories()
    names = {name.lower(): (one.code, one.kind) for one in kinds for name in (one.code, one.name)}
    lines, refused = sorted_out(cost_rows(upload), names)
    changed = commands.import_costs(book=book, lines=lines, by=request.user)
    said = f"{counted(changed, 'line')} taken over." if changed else "Nothing changed: every line was there already."
    messages.success(request, said)
    return refused


@requires(Permission.BOOKS_KEEP)
def add_file(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Add evidence."""
    book = kept_return(request, reference, quarter, organisation)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None)

    def keep(file: UploadedFile) -> ReturnFile:
        return books_files.add_file(book=book, name=file.name or "", content=file.read(), by=request.user)

    page = presenters.step(book.partner, quarter, title="Add evidence") | {"button": "Add this file"}
    page["intro"] = "Leave out what one person is paid, and names of people whom the books need not name."
    return ask_and_do(request, form, keep, done="The file is added.", then=page["cancel"], page=page)


@requires(Permission.BOOKS_VIEW)
def return_file(request: Request, reference: str, quarter: str, organisation: str, number: int) -> HttpResponse:
    """Evidence, for members alone, to be saved and never to be opened by the browser."""
    rows = queries.files_visible_to(request.user).filter(
        book__partner__contract__reference=reference, book__quarter=quarter,
        book__partner__organisation__reference=organisation,
    )  # fmt: skip
    file = get_object_or_404(rows, pk=number)
    with file.stored.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type=KINDS[file.kind][0])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return answer


@requires(Permission.BOOKS_KEEP)
@require_POST
def drop_file(request: Request, reference: str, quarter: str, organisation: str, number: int) -> HttpResponse:
    """Take evidence out again."""
    book = kept_return(request, reference, quarter, organisation)
    file = get_object_or_404(queries.files_visible_to(request.user), pk=number, book=book)
    then = presenters.step(book.partner, quarter, title="")["cancel"]
    return press(
        request, partial(books_files.drop_file, file=file, by=request.user), done="The file is taken out.", then=then
    )  # fmt: skip
