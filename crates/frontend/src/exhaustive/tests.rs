use tandem_source::{FileId, Span};

use super::*;
use crate::ty::Common;

struct Case {
    types: Types,
    common: Common,
}

impl Case {
    fn new() -> Self {
        let mut types = Types::default();
        let common = types.common();
        Case { types, common }
    }

    fn pattern(kind: PatternKind, ty: Ty) -> Pattern {
        Pattern { kind, ty, span: Span::new(FileId(0), 0, 0) }
    }

    fn any(ty: Ty) -> Pattern {
        Self::pattern(PatternKind::Wildcard, ty)
    }

    fn is(&self, value: bool) -> Pattern {
        let span = Span::new(FileId(0), 0, 0);
        let value = Expr { kind: ExprKind::Bool(value), ty: self.common.bool, span };
        Self::pattern(PatternKind::Equal(Box::new(value)), self.common.bool)
    }

    fn number(&self, value: i64) -> Pattern {
        let span = Span::new(FileId(0), 0, 0);
        let value = Expr { kind: ExprKind::Int(value), ty: self.common.int, span };
        Self::pattern(PatternKind::Equal(Box::new(value)), self.common.int)
    }

    fn check(&mut self, arms: &[Pattern], ty: Ty) -> (Vec<String>, Vec<usize>) {
        let rows: Vec<(&Pattern, bool)> = arms.iter().map(|arm| (arm, false)).collect();
        let found = check(&mut self.types, &rows, ty);
        (found.missing, found.unreachable)
    }
}

#[test]
fn bools() {
    let mut case = Case::new();
    let bool = case.common.bool;
    assert_eq!(case.check(&[case.is(true), case.is(false)], bool), (vec![], vec![]));
    assert_eq!(case.check(&[case.is(true)], bool), (vec!["false".to_owned()], vec![]));
    assert_eq!(case.check(&[Case::any(bool), case.is(true)], bool), (vec![], vec![1]));
}

#[test]
fn numbers_need_a_catch_all() {
    let mut case = Case::new();
    let int = case.common.int;
    assert_eq!(case.check(&[case.number(1), case.number(2)], int), (vec!["_".to_owned()], vec![]));
    assert_eq!(case.check(&[case.number(1), case.number(1), Case::any(int)], int), (vec![], vec![1]));
}

#[test]
fn tuples_and_options() {
    let mut case = Case::new();
    let (bool, int) = (case.common.bool, case.common.int);
    let option = case.types.option(int);
    let pair = case.types.intern(TyKind::Tuple(vec![bool, option]));
    let some = |inner| Case::pattern(PatternKind::Some(Box::new(inner)), option);
    let nil = || Case::pattern(PatternKind::Nil, option);
    let tuple = |parts| Case::pattern(PatternKind::Tuple(parts), pair);
    let arms = [tuple(vec![case.is(true), some(Case::any(int))]), tuple(vec![case.is(false), nil()])];
    let (missing, _) = case.check(&arms, pair);
    assert_eq!(missing, ["(true, None)", "(false, Some(_))"]);
    let arms = [tuple(vec![Case::any(bool), some(case.number(1))]), tuple(vec![Case::any(bool), nil()])];
    assert_eq!(case.check(&arms, pair).0, ["(_, Some(_))"]);
}

#[test]
fn a_guard_covers_nothing() {
    let mut case = Case::new();
    let int = case.common.int;
    let any = Case::any(int);
    let found = check(&mut case.types, &[(&any, true)], int);
    assert_eq!(found.missing, ["_"]);
}

#[test]
fn alternatives() {
    let mut case = Case::new();
    let bool = case.common.bool;
    let both = Case::pattern(PatternKind::Or(vec![case.is(true), case.is(false)]), bool);
    assert!(is_irrefutable(&mut case.types, &both));
}

#[test]
fn many_columns_end() {
    let mut case = Case::new();
    let bool = case.common.bool;
    let wide = case.types.intern(TyKind::Tuple(vec![bool; 30]));
    let arms: Vec<Pattern> = (0..30)
        .map(|at| {
            let parts = (0..30).map(|other| if other == at { case.is(true) } else { Case::any(bool) }).collect();
            Case::pattern(PatternKind::Tuple(parts), wide)
        })
        .collect();
    assert!(!case.check(&arms, wide).0.is_empty());
}
