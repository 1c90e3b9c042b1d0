//! The whole program: module variables, the helpers that every program has, functions, the script.

use super::{Builder, Fate};
use crate::scope::{Home, Mutability};
use crate::tree::{Argument, Block, Computation, Expr, Form, Function, Kind, Parameter, Program, Stmt, Variable};
use crate::ty::Type;

impl Builder<'_, '_> {
    pub(super) fn program(mut self) -> Program {
        let mut program = Program { functions: self.helpers(), ..Program::default() };
        self.home = Home::Module;
        for _ in 0..self.choice.below(4) {
            let statement = self.module_variable();
            program.module.push(statement);
        }
        if self.choice.chance(1, 24) && self.fate == Fate::Fails {
            self.late_variable(&mut program);
        }
        // The other half of the decisions is for the script, which calls them.
        while self.signatures.is_empty() || self.signatures.len() < 7 && self.choice.has_left(50) {
            let function = self.function();
            program.functions.push(function);
        }
        self.home = Home::Script;
        (self.nesting, self.turns, self.spent) = (0, 1, 0);
        let mut script = Block::new();
        // Made before the rest, while there are decisions left, of module variables only.
        let mut failing = Block::new();
        if self.fate == Fate::Fails {
            self.failing(&mut failing);
        }
        while script.is_empty() || !self.choice.exhausted() && self.affords(20) && script.len() < 60 {
            script.extend(self.statements(3));
            self.calls(&mut script, 1);
        }
        let all = self.signatures.len();
        self.calls(&mut script, all);
        script.append(&mut failing);
        script.push(Stmt::Print(vec![Expr::str("end"), self.names_shown()]));
        program.script.extend(script);
        program
    }

    /// Prints what so many of the functions give, the later ones, which call the others.
    fn calls(&mut self, script: &mut Block, count: usize) {
        for back in 0..count {
            let at =
                self.signatures.len() - 1 - if count == 1 { self.choice.below(self.signatures.len()) } else { back };
            let signature = self.signatures[at].clone();
            if self.affords(signature.cost + 2) {
                let call = self.call(&signature, 3);
                script.push(Stmt::Print(vec![Expr::str(format!("{} gives", signature.name)), call]));
            }
        }
    }

    /// `let mut total: int = 0`, for all functions.
    fn module_variable(&mut self) -> Stmt {
        let ty = self.ty();
        let domain = self.domain(&ty);
        let form = self.choice.pick(&[Form::LetMut, Form::LetMut, Form::Let]);
        let value = Computation::Expr(self.expected(&ty, domain, 1));
        let variable = self.variable();
        let mutability = if form == Form::Let { Mutability::Fixed } else { Mutability::Mutable };
        self.declare(&variable, &ty, mutability, domain, true);
        Stmt::Let { variable, form, annotation: Some(ty), value }
    }

    /// Functions that any expression may use, generic by use.
    fn helpers(&mut self) -> Vec<Function> {
        let parameters: Vec<Variable> = (0..7).map(|_| self.variable()).collect();
        let [tag, x, c, a, b, f, y] = parameters.as_slice() else { unreachable!("seven were made") };
        // The types are those of no call; nothing reads them.
        let name = |variable: &Variable| Expr::name(variable, &Type::INT);
        let chosen = Kind::If(Box::new(name(a)), Box::new(Expr::name(c, &Type::Bool)), Box::new(name(b)));
        let applied = Kind::CallValue(f.clone(), vec![name(y)]);
        vec![
            helper(
                "show",
                &[tag, x],
                vec![Stmt::Print(vec![Expr::str("show"), name(tag), name(x)]), Stmt::Value(name(x))],
            ),
            helper("choose", &[c, a, b], vec![Stmt::Value(Expr::new(Type::INT, chosen))]),
            helper("apply", &[f, y], vec![Stmt::Value(Expr::new(Type::INT, applied))]),
        ]
    }

    /// A function that reads a module variable which is set at the end of the script.
    fn late_variable(&mut self, program: &mut Program) {
        let variable = self.variable();
        let read = Stmt::Value(Expr::name(&variable, &Type::INT));
        let mut function = helper("too_early", &[], vec![read]);
        function.result = Some(Type::INT);
        program.functions.push(function);
        let call = Expr::new(Type::INT, Kind::Call("too_early".to_owned(), Vec::<Argument>::new()));
        let condition = crate::tree::Condition::Expr(self.boolean(1));
        program.script.push(Stmt::If(vec![(condition, vec![Stmt::Print(vec![call])])], None));
        let value = Computation::Expr(Expr::int(1, crate::Width::Int));
        program.script.push(Stmt::Let { variable, form: Form::LetMut, annotation: None, value });
    }
}

fn helper(name: &str, parameters: &[&Variable], body: Block) -> Function {
    let parameter = |variable: &&Variable| Parameter {
        variable: (*variable).clone(),
        ty: Type::INT,
        written: false,
        default: None,
    };
    Function {
        name: name.to_owned(),
        parameters: parameters.iter().map(parameter).collect(),
        rest: None,
        result: None,
        result_written: false,
        body,
        assigns: Vec::new(),
    }
}
