"""The command `nijar`, to which every command of the other modules belongs."""

import sys
from pathlib import Path
from typing import Any

import click

import nijar_nlp
from nijar_nlp.errors import InputError, NijarError
from nijar_nlp.store.connection import DatabaseError, InterfaceError, failure


class _Group(click.Group):
    """Shows the project's own errors, and those of files, as one line on standard error, with exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            result = super().invoke(context)
            sys.stdout.flush()  # where the reader has gone, Click ends the command without a trace
            return result
        except NijarError as error:
            self._told(context, error)
        except BrokenPipeError:
            raise
        except (DatabaseError, InterfaceError) as error:
            self._told(context, failure(error))
        except OSError as error:
            if error.errno is None:
                raise
            which = error.filename or "the disk, or a connection"
            rule, remedy = f"{error.strerror}.", "Check its path, rights and disk."
            self._told(context, InputError("A file cannot be used", which, rule, remedy))

    @staticmethod
    def _told(context: click.Context, error: NijarError) -> None:
        if context.params.get("debug"):
            raise error
        click.echo(f"nijar: {error}", err=True)
        context.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(nijar_nlp.__version__, prog_name="nijar")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="The config.yaml to use.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def main(context: click.Context, config_file: Path | None, debug: bool) -> None:
    """Read report and news PDFs and put candidate new cases of negotiation before a reviewer."""
    context.obj = config_file
