//! Compile-time messages as data.

use crate::Span;

/// The code of a diagnostic, such as `E0203`: a folder of `tests/errors` has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A remark of `check` and `build`; the program still runs.
    Lint,
    /// The program does not run.
    Error,
}

/// Text beside a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say about it.
    pub text: String,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Applying it gives a program that compiles (as far as this error goes).
    Machine,
    /// A suggestion to think about.
    Maybe,
}

/// A change of the source that would mend the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an order: "use `let mut`".
    pub title: String,
    /// Replacements; they do not overlap.
    pub edits: Vec<(Span, String)>,
    /// Whether tools may apply it by themselves.
    pub applicability: Applicability,
}

/// One message. Built by the constructor of its code, which also holds its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code.
    pub code: Code,
    /// Its gravity.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where: the primary place.
    pub span: Span,
    /// Text at the primary place; may be empty.
    pub label: String,
    /// Further places that explain it.
    pub labels: Vec<Label>,
    /// Remarks without a place.
    pub notes: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error with its primary place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::with_severity(Severity::Error, code, span, message.into())
    }

    /// A lint with its primary place.
    pub fn lint(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::with_severity(Severity::Lint, code, span, message.into())
    }

    fn with_severity(severity: Severity, code: Code, span: Span, message: String) -> Self {
        let label = String::new();
        Diagnostic { code, severity, message, span, label, labels: vec![], notes: vec![], hint: None, fix: None }
    }

    /// Says something at the primary place.
    pub fn at(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a further place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a remark.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Adds a fix that tools may apply; its title becomes the hint if there is none.
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        let title = title.into();
        self.hint.get_or_insert_with(|| title.clone());
        self.fix = Some(Fix { title, edits, applicability: Applicability::Machine });
        self
    }
}
