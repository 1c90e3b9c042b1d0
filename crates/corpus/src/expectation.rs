//! What a program says it will do, read from its comments.

/// What a program says it will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The lines of standard output, in order.
    pub stdout: Vec<String>,
    /// Lines that standard error has.
    pub stderr: Vec<String>,
    /// How it fails, if it does.
    pub failure: Option<Failure>,
    /// An exit status other than what `failure` implies.
    pub status: Option<i32>,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its standard input.
    pub stdin: String,
}

/// A failure and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When it is found.
    pub stage: Stage,
    /// `R0002`, `E0203`
    pub code: String,
    /// The line it is placed at, from 1.
    pub line: u32,
    /// The words behind the code.
    pub message: Option<String>,
}

/// When a failure is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Stage {
    Compiling,
    Running,
}

impl Expectation {
    /// Reads the comments of a program.
    ///
    /// # Errors
    /// A comment that begins like an expectation and is none.
    pub fn parse(source: &str) -> Result<Expectation, String> {
        let mut expectation = Expectation::default();
        for (line, text) in (1..).zip(source.lines()) {
            if let Some(comment) = comment_of(text) {
                expectation.read(comment, line).map_err(|problem| format!("line {line}: {problem}: `{comment}`"))?;
            }
        }
        Ok(expectation)
    }

    fn read(&mut self, comment: &str, line: u32) -> Result<(), String> {
        if let Some(text) = value(comment, "expect:") {
            self.stdout.push(text.to_owned());
        } else if let Some(text) = value(comment, "expect stderr:") {
            self.stderr.push(text.to_owned());
        } else if let Some(text) = value(comment, "expect status:") {
            self.status = Some(text.parse().map_err(|_| "the status is no number".to_owned())?);
        } else if let Some(text) = value(comment, "expect error ") {
            self.fail(Stage::Running, text, line)?;
        } else if let Some(text) = value(comment, "expect compile error ") {
            self.fail(Stage::Compiling, text, line)?;
        } else if let Some(text) = value(comment, "args:") {
            self.args = shell_words::split(text).map_err(|error| error.to_string())?;
        } else if let Some(text) = value(comment, "stdin:") {
            self.stdin += text;
            self.stdin.push('\n');
        } else if comment.starts_with("expect") {
            return Err("not an expectation that the format knows".to_owned());
        }
        Ok(())
    }

    fn fail(&mut self, stage: Stage, text: &str, line: u32) -> Result<(), String> {
        let (code, message) = match text.split_once(": ") {
            Some((code, message)) => (code, Some(message.to_owned())),
            None => (text.trim_end(), None),
        };
        let letter = match stage {
            Stage::Compiling => 'E',
            Stage::Running => 'R',
        };
        if !code.starts_with(letter) || code.len() != 5 {
            return Err(format!("`{code}` is no code {letter}0000"));
        }
        if self.failure.is_some() {
            return Err("a program fails once".to_owned());
        }
        self.failure = Some(Failure { stage, code: code.to_owned(), line, message });
        Ok(())
    }

    /// The exit status that all of it implies.
    pub fn exit_status(&self) -> i32 {
        self.status.unwrap_or(match &self.failure {
            None => 0,
            Some(Failure { stage: Stage::Compiling, .. }) => 2,
            Some(Failure { stage: Stage::Running, .. }) => 101,
        })
    }
}

/// The text behind the first `# ` that starts one of our comments.
fn comment_of(line: &str) -> Option<&str> {
    ["# expect", "# args:", "# stdin:"].iter().filter_map(|start| line.find(start)).min().map(|at| &line[at + 2..])
}

/// What stands behind `key`, without the one blank that separates them.
fn value<'t>(comment: &'t str, key: &str) -> Option<&'t str> {
    let rest = comment.strip_prefix(key)?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

#[cfg(test)]
mod tests;
