"""Commands on operations: status, backup, restore, forget, schedule."""

import json
from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import metrics, steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, load_flow, open_store
from nijar_nlp.store.connection import connect


@main.command()
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--prometheus", is_flag=True, help="Print it as Prometheus reads it.")
@click.pass_obj
def status(config_file: Path | None, database: str | None, as_json: bool, prometheus: bool) -> None:
    """Show what runs, waits and failed, and how long the rest takes."""
    config = configured(config_file, database)
    open_store(config)
    found = steps.status(config)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif prometheus:
        click.echo(metrics.exposition(found), nl=False)
    else:
        terminal.show_status(found, Console())


@main.command()
@click.option("--check", type=click.Path(path_type=Path), metavar="FOLDER", help="Only check this backup.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def backup(config_file: Path | None, check: Path | None, database: str | None) -> None:
    """Copy what the project knows into a checked backup.

    Database, registers, codebook, case schema, labels brought in and taggers; others may work on meanwhile.
    """
    if check is not None:
        manifest = steps.check_backup(check)
        click.echo(f"{check}: whole, {len(manifest['files'])} files of {manifest['made_at']}")
        return
    config = configured(config_file, database)
    open_store(config)
    click.echo(str(steps.back_up(config)))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(config_file: Path | None, folder: Path, database: str | None, yes: bool) -> None:
    """Put a backup's database in the place of the present one.

    The backup is checked and the present database backed up first.
    """
    config = configured(config_file, database)
    manifest = steps.check_backup(folder)
    if not yes:
        click.confirm(f"Replace the database by the one of {manifest['made_at']}?", abort=True)
    connect(config.database_url)
    before = steps.restore(folder, config)
    kept = f"kept in {before}" if before else "damaged; SQLite's file is set aside as *.damaged"
    click.echo(f"Restored. The database before was {kept}.")


@main.command()
@click.argument("which")
@click.option("--keep-file", is_flag=True, help="Do not delete the document's own file.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(config_file: Path | None, which: str, keep_file: bool, database: str | None, yes: bool) -> None:
    """Erase a document with everything derived from it.

    WHICH is its id, its path or its file name. It goes also from backups, reports and logs, and is kept out.
    """
    config = configured(config_file, database)
    open_store(config)
    documents = steps.find_documents(which)
    if not yes:
        named = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
        click.confirm(f"Erase {named} for good?", abort=True)
    for document in documents:
        done = steps.forget(document, config, keep_file=keep_file)
        click.echo(f"Erased: {done.rows} rows, {len(done.files)} files deleted or cleaned.")
        for archive in done.archives:
            click.echo(f"It still lies here, for you to delete: {archive}", err=True)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=4200,
    show_default=True,
    help="Port of the Prefect server that it starts.",
)
@click.pass_obj
def schedule(config_file: Path | None, port: int) -> None:
    """Run by the clock what prefect.yaml says, until ended.

    A Prefect server is started for it where PREFECT_API_URL names none.
    """
    config = configured(config_file)
    click.echo(f"{config.root / 'prefect.yaml'} says what runs when. Ctrl-C ends it.")
    load_flow(config, "schedule").serve(config.root, config.file, port)
