// Evaluates CEL expressions in the base environment of the Kubernetes API server, or in cel-go with all its
// extensions: one JSON object a line in ({"env": "kubernetes" | "ext", "expression": …}), one out, with the type and the
// value, or "refused" when it does not compile, or "error" when it cannot be evaluated. The variable object is the JSON of
// the file that is named. See ../cel-oracle.mjs.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"github.com/google/cel-go/ext"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/cel/environment"
)

type request struct {
	Env        string `json:"env"`
	Expression string `json:"expression"`
}

func show(v ref.Val) any {
	switch x := v.(type) {
	case types.Null:
		return nil
	case types.Bool:
		return bool(x)
	case types.Int:
		return map[string]any{"int": fmt.Sprint(int64(x))}
	case types.Uint:
		return map[string]any{"uint": fmt.Sprint(uint64(x))}
	case types.Double:
		f := float64(x)
		switch {
		case math.IsNaN(f):
			return map[string]any{"double": "NaN"}
		case math.IsInf(f, 1):
			return map[string]any{"double": "Infinity"}
		case math.IsInf(f, -1):
			return map[string]any{"double": "-Infinity"}
		}
		return map[string]any{"double": f}
	case types.String:
		return strings.ToValidUTF8(string(x), "\uFFFD")
	case types.Bytes:
		return map[string]any{"bytes": base64.StdEncoding.EncodeToString(x)}
	case types.Duration:
		return map[string]any{"duration": fmt.Sprint(x.Duration.Nanoseconds())}
	case types.Timestamp:
		return map[string]any{"timestamp": x.Time.UTC().Format(time.RFC3339Nano)}
	case *types.Optional:
		if !x.HasValue() {
			return map[string]any{"optional": []any{}}
		}
		return map[string]any{"optional": []any{show(x.GetValue())}}
	case *types.Type:
		return map[string]any{"type": x.TypeName()}
	case traits.Lister:
		out := []any{}
		for it := x.Iterator(); it.HasNext() == types.True; {
			out = append(out, show(it.Next()))
		}
		return out
	case traits.Mapper:
		type kv struct {
			k string
			e []any
		}
		es := []kv{}
		for it := x.Iterator(); it.HasNext() == types.True; {
			k := it.Next()
			e := []any{show(k), show(x.Get(k))}
			b, _ := json.Marshal(e[0])
			es = append(es, kv{string(b), e})
		}
		sort.Slice(es, func(i, j int) bool { return es[i].k < es[j].k })
		out := []any{}
		for _, e := range es {
			out = append(out, e.e)
		}
		return map[string]any{"map": out}
	}
	return map[string]any{"opaque": v.Type().TypeName()}
}

func evaluate(env *cel.Env, r request, object any) (out map[string]any) {
	out = map[string]any{}
	defer func() {
		if e := recover(); e != nil {
			out = map[string]any{"panic": fmt.Sprint(e)}
		}
	}()
	ast, iss := env.Compile(r.Expression)
	if iss.Err() != nil {
		out["refused"] = true
		return
	}
	out["type"] = ast.OutputType().String()
	prg, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		out["error"] = true
		return
	}
	v, _, err := prg.Eval(map[string]any{"object": object})
	if err != nil {
		out["error"] = true
		return
	}
	out["value"] = show(v)
	return
}

func must(e *cel.Env, err error) *cel.Env {
	if err != nil {
		panic(err)
	}
	return e
}

func main() {
	base := environment.MustBaseEnvSet(version.MajorMinor(1, 37))
	k8s := must(base.StoredExpressionsEnv().Extend(cel.Variable("object", cel.DynType)))
	all := must(cel.NewEnv(cel.Variable("object", cel.DynType), cel.OptionalTypes(), ext.Strings(), ext.Math(), ext.Encoders(), ext.Lists(), ext.Sets(),
		ext.Bindings(), ext.TwoVarComprehensions(), ext.Regex(), ext.Network(), cel.CrossTypeNumericComparisons(true), cel.EnableMacroCallTracking()))
	file, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var object any
	// Integers are int64, as in the API server's unstructured objects.
	if err := utiljson.Unmarshal(file, &object); err != nil {
		panic(err)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		env := k8s
		if r.Env == "ext" {
			env = all
		}
		o := evaluate(env, r, object)
		// What panics is no answer, and neither is what depends on the order of Go's maps.
		steady := o["panic"] == nil
		for again := 0; steady && again < 5; again++ {
			steady = reflect.DeepEqual(o, evaluate(env, r, object))
		}
		if !steady {
			continue
		}
		o["env"] = r.Env
		o["expression"] = r.Expression
		b, err := json.Marshal(o)
		if err != nil {
			b, _ = json.Marshal(map[string]any{"expression": r.Expression, "panic": err.Error()})
		}
		w.Write(b)
		w.WriteByte('\n')
	}
}
