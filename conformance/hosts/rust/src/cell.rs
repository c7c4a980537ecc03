//! Entities, steps, and the check for leaks at the end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use metaffi::{Entity, Module, Runtime, Type, TypeInfo, Value};

use crate::failures::check_failure;
use crate::functions::{Functions, enter_call};
use crate::plan::{Call, Declared, Failure, Plan, Step};
use crate::values::{Variables, short};

const PATIENCE: Duration = Duration::from_secs(10);

/// One plan, and the entities and modules loaded for it.
pub(crate) struct Cell {
    plan: Plan,
    loaded: Mutex<HashMap<String, (Runtime, Module)>>,
    entities: Mutex<HashMap<String, Arc<Entity>>>,
    functions: Functions,
    loopback: Module,
}

impl Cell {
    /// A cell that has loaded nothing yet.
    pub(crate) fn new(plan: Plan) -> Result<Self> {
        let loopback = Runtime::load("loopback")?.module("loopback")?;
        let (loaded, entities, functions) = Default::default();
        Ok(Self { plan, loaded, entities, functions, loopback })
    }

    /// Runs every step; then no objects may be left, unless the plan `leaves` them.
    pub(crate) fn run(self) -> Result<()> {
        let mut variables = Variables::default();
        self.steps(&self.plan.steps, &mut variables)?;
        if self.plan.leaves {
            core::mem::forget((self, variables));
            return Ok(());
        }
        drop(variables);
        self.finish()
    }

    fn steps(&self, steps: &[Step], variables: &mut Variables) -> Result<()> {
        steps.iter().try_for_each(|step| {
            self.step(step, variables).with_context(|| format!("in the step {step:?}"))
        })
    }

    fn step(&self, step: &Step, variables: &mut Variables) -> Result<()> {
        match step {
            Step::Call(call) => self.call(call, variables),
            Step::Release { release: name } | Step::Forget { forget: name } => {
                variables.remove(name).map(drop)
            }
            Step::Same { same: [left, right] } => {
                ensure!(variables.get(left)? == variables.get(right)?, "they are different");
                Ok(())
            }
            Step::Different { different: [left, right] } => {
                ensure!(variables.get(left)? != variables.get(right)?, "they are the same");
                Ok(())
            }
            Step::Threads { threads, steps } => self.on_threads(*threads, steps, variables),
            Step::Times { times, steps } => {
                (0..*times).try_for_each(|_| self.steps(steps, variables))
            }
            Step::Live { live } => self.wait_for(*live, &self.plan.guest),
            Step::ReleaseRuntime { release_runtime } => {
                let loaded = self.loaded.lock().expect("no panic").remove(release_runtime);
                loaded.context("it was not loaded")?.0.release();
                Ok(())
            }
        }
    }

    fn call(&self, call: &Call, variables: &mut Variables) -> Result<()> {
        let args = call.args.iter().map(|arg| variables.lower(arg, &self.functions));
        let args: Vec<_> = args.collect::<Result<_>>()?;
        enter_call();
        let outcome = match variables.get(&call.call) {
            Ok(Value::Callable(function)) => function.call(&args),
            _ => self.entity(&call.call).and_then(|entity| entity.call(&args)),
        };
        match (outcome, &call.fails) {
            (Ok(results), None) => self.expect(call, &results, variables),
            (Ok(results), Some(_)) => bail!("it did not fail, but returned {}", short(&results)),
            (Err(error), Some(expected)) => self.check_failure(expected, &error, call, &args),
            (Err(error), None) => bail!("{error:?}"),
        }
    }

    fn check_failure(
        &self,
        expected: &Failure,
        error: &metaffi::Error,
        call: &Call,
        args: &[Value],
    ) -> Result<()> {
        if !expected.later {
            return check_failure(expected, error);
        }
        let _ = self.entity(&call.call).and_then(|entity| entity.call(args));
        let check = || check_failure(expected, error);
        thread::scope(|scope| scope.spawn(check).join().expect("no panic"))
    }

    fn expect(&self, call: &Call, results: &[Value], variables: &mut Variables) -> Result<()> {
        ensure!(results.len() == call.returns.len(), "it returned {}", short(results));
        let mut pairs = call.returns.iter().zip(results);
        pairs.try_for_each(|(expected, actual)| variables.expect(expected, actual, &self.functions))
    }

    fn entity(&self, name: &str) -> Result<Arc<Entity>, metaffi::Error> {
        if let Some(entity) = self.entities.lock().expect("no panic").get(name) {
            return Ok(entity.clone());
        }
        let entity = &self.plan.entities[name];
        let module = self.module(&entity.runtime)?;
        let infos = |types: &[Declared]| types.iter().map(info).collect::<Vec<_>>();
        let loaded =
            module.entity(&entity.path, &infos(&entity.params), &infos(&entity.returns))?;
        let loaded = Arc::new(loaded);
        self.entities.lock().expect("no panic").insert(name.into(), loaded.clone());
        Ok(loaded)
    }

    fn module(&self, name: &str) -> Result<Module, metaffi::Error> {
        let mut loaded = self.loaded.lock().expect("no panic");
        if let Some((_, module)) = loaded.get(name) {
            return Ok(module.clone());
        }
        let runtime = Runtime::load(name)?;
        let module = runtime.module(&self.plan.modules[name])?;
        loaded.insert(name.into(), (runtime, module.clone()));
        Ok(module)
    }

    fn on_threads(&self, count: usize, steps: &[Step], variables: &Variables) -> Result<()> {
        thread::scope(|scope| {
            let work = || self.steps(steps, &mut variables.clone());
            let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("no panic"))
        })
    }

    /// Collects everywhere until others hold that many objects of the runtimes whose names start
    /// with `owners`.
    fn wait_for(&self, expected: i64, owners: &str) -> Result<()> {
        let types = [Type::INT64.into(), Type::STRING8.into()];
        let live =
            self.loopback.entity("callable=live_objects", &[Type::STRING8.into()], &types)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = live.call(&[owners.into()])?;
            if found[0] == Value::Int64(expected) {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "objects are live: {found:?}");
            self.collect()?;
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn collect(&self) -> Result<(), metaffi::Error> {
        let runtimes: Vec<_> = self.loaded.lock().expect("no panic").keys().cloned().collect();
        let collectors = runtimes.iter().map(|runtime| format!("collect of {runtime}"));
        collectors
            .filter(|name| self.plan.entities.contains_key(name))
            .try_for_each(|name| self.entity(&name)?.call(&[]).map(drop))
    }

    /// Drops everything, and waits until it is released.
    fn finish(&self) -> Result<()> {
        let used: Vec<_> = self.entities.lock().expect("no panic").drain().collect();
        for (name, _) in used {
            self.module(&self.plan.entities[&name].runtime)?; // a released one still has to collect
        }
        self.functions.forget();
        self.wait_for(0, "")
    }
}

fn info(declared: &Declared) -> TypeInfo {
    let ty = Type::parse(&declared.ty).unwrap_or(Type::NULL);
    let info = TypeInfo::new(ty).with_alias(&declared.alias);
    if declared.dims == 0 { info } else { info.with_dims(declared.dims) }
}
