"""Which form a file is written in: the one that was named, else the one its name ends in."""

from pathlib import Path

from pirights.domain.document import Form
from pirights.errors import WrongUsage, message


def of(out: Path, said: Form | None) -> Form:
    """Tell the form of a file.

    Args:
        out: The file; a name that ends in no form may be of any.
        said: The form that was named, if one was.

    Raises:
        WrongUsage: Nothing says the form, or the name ends in another than the one that was named.
    """
    ending = out.suffix.casefold().removeprefix(".")
    known = Form(ending) if ending in set(Form) else None
    if said is not None and known not in {None, said}:
        raise WrongUsage(
            message(
                "{file} ends in .{ending}, and --format says {form}.",
                file=out.name,
                ending=ending,
                form=said.value,
            ),
            hint=message("Leave out --format, or let the name end in .{form}.", form=said.value),
        )
    if said is None and known is None:
        raise WrongUsage(
            message("The name {file} does not say which form is wanted.", file=out.name),
            hint=message(
                "Say it with --format: {forms}.", forms=", ".join(one.value for one in Form)
            ),
        )
    return said or Form(ending)
