//! Formats the stack of an exception, as Python prints it but without the carets.
//!
//! Python's own printing opens the source file for every frame, which costs more
//! than the rest of an error together. Here a file's lines are read once, through
//! `linecache`, and again after a module was loaded, since the file may have changed.

use core::fmt::Write;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyTraceback};

/// The maximum number of frames, as in Python: the last ones of a deep recursion.
const MOST_FRAMES: usize = 1000;

/// The maximum number of times that the same line is shown in a row, as in Python.
const MOST_REPEATS: usize = 3;

const HEAD: &str = "Traceback (most recent call last):\n";

/// The lines of the files that occurred in stacks, by file name.
fn sources(py: Python<'_>) -> &Bound<'_, PyDict> {
    static SOURCES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    SOURCES.get_or_init(py, || PyDict::new(py).unbind()).bind(py)
}

/// Forgets the text of source files, which may have changed.
pub(crate) fn forget_sources(py: Python<'_>) {
    sources(py).clear();
}

/// The text of a traceback's stack, without the parts that cannot be determined.
pub(crate) fn text(py: Python<'_>, trace: &Bound<'_, PyTraceback>) -> String {
    let mut text = String::with_capacity(256);
    text.push_str(HEAD);
    let _ = write_frames(py, trace, &mut text);
    text
}

fn write_frames(py: Python<'_>, trace: &Bound<'_, PyTraceback>, text: &mut String) -> PyResult<()> {
    let mut entry = Some(trace.as_any().clone());
    for _ in MOST_FRAMES..depth(trace)? {
        entry = entry.map(|entry| next(&entry)).transpose()?.flatten();
    }
    let (mut last, mut repeats) = (None, 0);
    while let Some(here) = entry {
        let frame = Frame::of(py, &here)?;
        let place = Some((frame.code.as_ptr(), frame.line));
        if place != last {
            write_repeats(text, repeats);
            (last, repeats) = (place, 0);
        }
        repeats += 1;
        if repeats <= MOST_REPEATS {
            frame.write(py, text)?;
        }
        entry = next(&here)?;
    }
    write_repeats(text, repeats);
    Ok(())
}

fn next<'py>(entry: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let next = entry.getattr(intern!(entry.py(), "tb_next"))?;
    Ok((!next.is_none()).then_some(next))
}

fn depth(trace: &Bound<'_, PyTraceback>) -> PyResult<usize> {
    let (mut count, mut entry) = (1, next(trace.as_any())?);
    while let Some(here) = entry {
        count += 1;
        entry = next(&here)?;
    }
    Ok(count)
}

fn write_repeats(text: &mut String, repeats: usize) {
    if repeats > MOST_REPEATS {
        let more = repeats - MOST_REPEATS;
        let times = if more == 1 { "time" } else { "times" };
        let _ = writeln!(text, "  [Previous line repeated {more} more {times}]");
    }
}

/// One entry of a traceback.
struct Frame<'py> {
    frame: Bound<'py, PyAny>,
    code: Bound<'py, PyAny>,
    /// Counted from 1; `None` if the compiler omitted it.
    line: Option<usize>,
}

impl<'py> Frame<'py> {
    fn of(py: Python<'py>, entry: &Bound<'py, PyAny>) -> PyResult<Self> {
        let frame = entry.getattr(intern!(py, "tb_frame"))?;
        let code = frame.getattr(intern!(py, "f_code"))?;
        let line = entry.getattr(intern!(py, "tb_lineno"))?.extract().ok();
        Ok(Self { frame, code, line })
    }

    fn write(&self, py: Python<'py>, text: &mut String) -> PyResult<()> {
        let file = self.code.getattr(intern!(py, "co_filename"))?.cast_into::<PyString>()?;
        let name = self.code.getattr(intern!(py, "co_name"))?.cast_into::<PyString>()?;
        let line = self.line.unwrap_or(0);
        let (shown, name) = (file.to_string_lossy(), name.to_string_lossy());
        let _ = writeln!(text, "  File \"{shown}\", line {line}, in {name}");
        // A file that cannot be read is no reason to omit the other frames.
        if let Ok(Some(source)) = self.source(py, &file, line) {
            let source = source.to_string_lossy();
            if !source.trim().is_empty() {
                let _ = writeln!(text, "    {}", source.trim());
            }
        }
        Ok(())
    }

    /// The text of a line, which other code may have changed to anything.
    fn source(
        &self,
        py: Python<'py>,
        file: &Bound<'py, PyString>,
        line: usize,
    ) -> PyResult<Option<Bound<'py, PyString>>> {
        let lines = match sources(py).get_item(file)? {
            Some(known) => known,
            None => self.read(py, file)?,
        };
        let lines = lines.cast::<PyList>()?;
        let Some(index) = line.checked_sub(1).filter(|index| *index < lines.len()) else {
            return Ok(None);
        };
        Ok(Some(lines.get_item(index)?.cast_into()?))
    }

    /// The lines of a file, which are cached; none if it cannot be read.
    #[cold]
    fn read(&self, py: Python<'py>, file: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        let read = || -> PyResult<Bound<'py, PyAny>> {
            let linecache = py.import(intern!(py, "linecache"))?;
            linecache.call_method1(intern!(py, "checkcache"), (file,))?;
            let globals = self.frame.getattr(intern!(py, "f_globals"))?;
            linecache.call_method1(intern!(py, "getlines"), (file, globals))
        };
        let lines = read().unwrap_or_else(|_| PyList::empty(py).into_any());
        sources(py).set_item(file, &lines)?;
        Ok(lines)
    }
}
