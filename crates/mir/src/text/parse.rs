//! Programs from text.

use std::fmt;

use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap};
use tandem_runtime::Fault;
use tandem_runtime::ffi::{self, Lane};
use tandem_runtime::image::FrameVisibility;
use tandem_source::{FileId, Span};

use super::infer;
use super::line::{Line, Parsed, without_comment};
use crate::{
    Block, BlockId, FnId, Form, Function, FunctionName, Inst, Loc, LocId, NameId, Op, Operand, Operands, Program,
    Temperature, Terminator,
};

/// Why text is no program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Reads a program. What is read is well formed, but only [`crate::verify::verify`] shows that it is sound.
pub fn parse<V: Operand>(text: &str) -> Result<Program<V>, ParseError> {
    let mut parser = Parser { program: empty(), drafts: Vec::new(), open: false, loc: LocId::new(0) };
    let mut last = 0;
    for (index, line) in text.lines().enumerate() {
        last = index + 1;
        let mut line = Line { rest: without_comment(line).trim() };
        if !line.rest.is_empty() {
            parser.line(&mut line).and_then(|()| line.end()).map_err(|what| ParseError { line: last, what })?;
        }
    }
    parser.finish().map_err(|what| ParseError { line: last, what })
}

fn empty<V: Operand>() -> Program<V> {
    Program {
        functions: PrimaryMap::new(),
        constants: PrimaryMap::new(),
        globals: PrimaryMap::new(),
        shapes: PrimaryMap::new(),
        locs: PrimaryMap::new(),
        names: PrimaryMap::new(),
        entry: FnId::new(0),
    }
}

/// A function whose lanes are not known yet.
struct Draft<V: Operand> {
    name: NameId,
    params: Vec<V>,
    results: Vec<Lane>,
    known: SecondaryMap<V, Option<Lane>>,
    blocks: PrimaryMap<BlockId, Block<V>>,
    /// Whether the last block misses its terminator.
    open: bool,
}

struct Parser<V: Operand> {
    program: Program<V>,
    drafts: Vec<Draft<V>>,
    /// Whether the last draft misses its `}`.
    open: bool,
    loc: LocId,
}

impl<V: Operand> Parser<V> {
    fn line(&mut self, line: &mut Line) -> Parsed<()> {
        if !self.open {
            return self.item(line);
        }
        if line.eat("}") {
            self.open = false;
            return Ok(());
        }
        let draft = self.drafts.last_mut().expect("open is set with a draft");
        if line.rest.starts_with("block") {
            return draft.block(line);
        }
        if draft.blocks.is_empty() { draft.lanes(line) } else { draft.inst(line, &mut self.loc) }
    }

    fn item(&mut self, line: &mut Line) -> Parsed<()> {
        let program = &mut self.program;
        match line.word() {
            "const" => {
                line.define("const", program.constants.next_key())?;
                line.expect("=")?;
                program.constants.push(line.string()?.into());
            }
            "global" => {
                line.define("global", program.globals.next_key())?;
                line.expect(":")?;
                program.globals.push(line.lane()?);
            }
            "shape" => {
                line.define("shape", program.shapes.next_key())?;
                line.expect(":")?;
                program.shapes.push(line.list(Line::lane)?);
            }
            "name" => {
                line.define("name", program.names.next_key())?;
                line.expect("=")?;
                let name = line.string()?;
                let visibility = if line.eat("hidden") { FrameVisibility::Hidden } else { FrameVisibility::Shown };
                program.names.push(FunctionName { name, visibility });
            }
            "loc" => {
                line.define("loc", program.locs.next_key())?;
                line.expect("=")?;
                program.locs.push(loc(line)?);
            }
            "entry" => program.entry = line.entity("fn")?,
            "fn" => self.function(line)?,
            other => return Err(format!("unexpected `{other}`")),
        }
        Ok(())
    }

    fn function(&mut self, line: &mut Line) -> Parsed<()> {
        line.define("fn", FnId::new(self.drafts.len()))?;
        let name = if line.rest.starts_with('(') { NameId::new(0) } else { line.entity("name")? };
        let params = line.bracketed(Line::typed)?;
        let results = if line.eat("->") { line.list(Line::lane)? } else { Vec::new() };
        line.expect("{")?;
        let mut known = SecondaryMap::new();
        params.iter().for_each(|(param, lane)| known[*param] = Some(*lane));
        let params = params.into_iter().map(|(param, _)| param).collect();
        self.drafts.push(Draft { name, params, results, known, blocks: PrimaryMap::new(), open: false });
        self.open = true;
        self.loc = LocId::new(0);
        Ok(())
    }

    fn finish(mut self) -> Parsed<Program<V>> {
        if self.open {
            return Err("the function has no `}`".into());
        }
        if self.program.names.is_empty() {
            self.program.names.push(FunctionName { name: "test".into(), visibility: FrameVisibility::Shown });
        }
        if self.program.locs.is_empty() {
            let span = Span::new(FileId(0), 0, 0);
            self.program.locs.push(Loc { span, function: NameId::new(0), parent: None });
        }
        let all: Vec<Vec<Lane>> = self.drafts.iter().map(|draft| draft.results.clone()).collect();
        let results = |id: FnId| all.get(id.index()).map(Vec::as_slice);
        let cx = infer::Context { results, globals: &self.program.globals, shapes: &self.program.shapes };
        for (index, mut draft) in self.drafts.into_iter().enumerate() {
            infer::infer(&cx, &draft.blocks, &mut draft.known);
            let function = draft.finish().map_err(|what| format!("fn{index}: {what}"))?;
            self.program.functions.push(function);
        }
        Ok(self.program)
    }
}

/// `0:3..5 name0 in loc0`
fn loc(line: &mut Line) -> Parsed<Loc> {
    let file = FileId(line.number()?);
    line.expect(":")?;
    let range = line.word();
    let ends = range.split_once("..").and_then(|(lo, hi)| Some((lo.parse().ok()?, hi.parse().ok()?)));
    let (lo, hi) = ends.filter(|(lo, hi)| lo <= hi).ok_or(format!("no range `{range}`"))?;
    let function = line.entity("name")?;
    let parent = if line.eat("in ") { Some(line.entity("loc")?) } else { None };
    Ok(Loc { span: Span::new(file, lo, hi), function, parent })
}

impl<V: Operand> Draft<V> {
    /// `int v3 v4`
    fn lanes(&mut self, line: &mut Line) -> Parsed<()> {
        let lane = line.lane()?;
        while !line.rest.is_empty() {
            let operand: V = line.operand()?;
            self.known[operand] = Some(lane);
        }
        Ok(())
    }

    /// `block1(v4: int) cold:`
    fn block(&mut self, line: &mut Line) -> Parsed<()> {
        if self.open {
            return Err("the block before has no terminator".into());
        }
        line.define("block", self.blocks.next_key())?;
        let mut params: Operands<V> = Operands::new();
        if line.rest.starts_with('(') {
            for (param, lane) in line.bracketed(Line::typed)? {
                self.known[param] = Some(lane);
                params.push(param);
            }
        }
        if V::FORM == Form::Ssa && self.blocks.is_empty() {
            params = self.params.as_slice().into();
        }
        let temperature = if line.eat("cold") { Temperature::Cold } else { Temperature::Warm };
        line.expect(":")?;
        self.blocks.push(Block {
            params,
            insts: Vec::new(),
            terminator: Terminator::Unreachable,
            terminator_loc: LocId::new(0),
            temperature,
        });
        self.open = true;
        Ok(())
    }

    /// The last block, if its terminator is missing.
    fn open_block(&mut self) -> Option<&mut Block<V>> {
        self.blocks.last_mut().filter(|_| self.open).map(|(_, block)| block)
    }

    /// An instruction or the terminator of the last block, and its place.
    fn inst(&mut self, line: &mut Line, loc: &mut LocId) -> Parsed<()> {
        let terminator = terminator(line)?;
        let inst = if terminator.is_none() { Some(inst(line)?) } else { None };
        if line.eat("@") {
            *loc = line.entity("loc")?;
        }
        let Some(block) = self.open_block() else { return Err("no block is open".into()) };
        block.insts.extend(inst.map(|inst| (inst, *loc)));
        if let Some(terminator) = terminator {
            block.terminator = terminator;
            block.terminator_loc = *loc;
            self.open = false;
        }
        Ok(())
    }

    fn finish(self) -> Parsed<Function<V>> {
        if self.open {
            return Err("the last block has no terminator".into());
        }
        let mut used = SecondaryMap::new();
        let mut len = 0;
        let mut see = |v: V| {
            used[v] = true;
            len = len.max(v.index() + 1);
        };
        self.known.iter().filter(|(_, lane)| lane.is_some()).for_each(|(v, _)| see(v));
        for block in self.blocks.values() {
            for (inst, _) in &block.insts {
                inst.dsts().iter().copied().for_each(&mut see);
                inst.for_each_read(&mut see);
            }
            block.terminator.for_each_read(&mut see);
        }
        let mut lanes = PrimaryMap::with_capacity(len);
        for v in (0..len).map(V::new) {
            match self.known[v] {
                Some(lane) => lanes.push(lane),
                None if !used[v] => lanes.push(Lane::Int),
                None => return Err(format!("nothing gives the lane of {v}")),
            };
        }
        Ok(Function { name: self.name, params: self.params, results: self.results, lanes, blocks: self.blocks })
    }
}

/// The terminator, if there is one.
fn terminator<V: Operand>(line: &mut Line) -> Parsed<Option<Terminator<V>>> {
    let before = line.rest;
    Ok(Some(match line.word() {
        "return" => Terminator::Return { values: line.operands()? },
        "jump" => Terminator::Jump { to: line.edge()? },
        "branch" => {
            let condition = line.operand()?;
            line.expect(",")?;
            let then = line.edge()?;
            line.expect(",")?;
            Terminator::Branch { condition, then, otherwise: line.edge()? }
        }
        "switch" => {
            let on = line.operand()?;
            line.expect(",")?;
            let mut cases = Vec::new();
            while !line.eat("else ") {
                let case = line.number()?;
                line.expect(":")?;
                cases.push((case, line.edge()?));
                line.expect(",")?;
            }
            Terminator::Switch { on, cases, default: line.edge()? }
        }
        "fail" => {
            let code = line.word();
            let number = code.strip_prefix('R').and_then(|digits| digits.parse().ok());
            let fault = number.and_then(Fault::from_number).ok_or(format!("no fault `{code}`"))?;
            let has_message = !line.rest.is_empty() && !line.rest.starts_with('@');
            Terminator::Fail { fault, message: if has_message { Some(line.operand()?) } else { None } }
        }
        "unreachable" => Terminator::Unreachable,
        _ => {
            line.rest = before;
            return Ok(None);
        }
    }))
}

fn inst<V: Operand>(line: &mut Line) -> Parsed<Inst<V>> {
    let before = line.rest;
    match line.word() {
        "wait" => return Ok(Inst::Wait),
        "count" => return Ok(Inst::CountExecution { name: line.entity("name")? }),
        "set" => {
            let global = line.entity("global")?;
            line.expect(",")?;
            return Ok(Inst::GlobalSet { global, src: line.operand()? });
        }
        "call" => return call(line, Operands::new()),
        _ => line.rest = before,
    }
    let dsts: Operands<V> = line.operands()?;
    line.expect("=")?;
    let before = line.rest;
    let word = line.word();
    if word == "call" {
        return call(line, dsts);
    }
    let [dst] = dsts[..] else { return Err(format!("`{before}` defines one value")) };
    Ok(match word {
        "int" => Inst::ConstInt { dst, value: line.number()? },
        "float" => Inst::ConstFloat { dst, bits: float(line.word())? },
        "bool" => Inst::ConstBool { dst, value: line.number()? },
        "nil" => Inst::ConstNil { dst },
        "string" => Inst::ConstString { dst, constant: line.entity("const")? },
        "copy" => Inst::Copy { dst, src: line.operand()? },
        "get" => Inst::GlobalGet { dst, global: line.entity("global")? },
        "tuple" => Inst::TupleLit { dst, shape: line.entity("shape")?, lanes: line.arguments()? },
        "field" => {
            let object = line.operand()?;
            line.expect(",")?;
            let shape = line.entity("shape")?;
            line.expect(",")?;
            Inst::FieldGet { dst, object, shape, index: line.number()? }
        }
        name => {
            let op = Op::by_name(name).ok_or(format!("no operation `{name}`"))?;
            let args: Operands<V> = line.operands()?;
            match (&args[..], op.info().operands.len()) {
                (&[arg], 1) => Inst::UnaryOp { dst, op, arg },
                (&[lhs, rhs], 2) => Inst::BinOp { dst, op, lhs, rhs },
                (_, len) => return Err(format!("`{name}` takes {len} operands")),
            }
        }
    })
}

fn call<V: Operand>(line: &mut Line, dsts: Operands<V>) -> Parsed<Inst<V>> {
    if line.rest.starts_with("rt_") {
        let symbol = line.word();
        let function = ffi::by_symbol(symbol).ok_or(format!("no runtime function `{symbol}`"))?;
        return Ok(Inst::CallRt { dsts, function, args: line.arguments()? });
    }
    let function = line.entity("fn")?;
    Ok(Inst::Call { dsts, function, args: line.arguments()? })
}

fn float(word: &str) -> Parsed<u64> {
    match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).map_err(|_| format!("no bits `{word}`")),
        None => word.parse::<f64>().map(f64::to_bits).map_err(|_| format!("no float `{word}`")),
    }
}
