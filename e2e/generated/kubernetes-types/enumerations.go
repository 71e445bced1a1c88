// Prints, as JSON, the fields of Kubernetes' API types whose values are enumerated: by type and field, the values.
//
//	go run enumerations.go <folder of k8s.io/api> <folder of k8s.io/apimachinery>
//
// A type of text is an enumeration where its source says `+enum`, which the API server publishes too, or where it is one of
// `enforced` below.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

// Types without the marker whose values the API server's validation enforces all the same.
var enforced = map[string]bool{
	"k8s.io/apimachinery/pkg/apis/meta/v1.LabelSelectorOperator":  true,
	"k8s.io/api/apps/v1.PersistentVolumeClaimRetentionPolicyType": true,
	"k8s.io/api/autoscaling/v2.HPAScalingPolicyType":              true,
	"k8s.io/api/autoscaling/v2.MetricSourceType":                  true,
	"k8s.io/api/autoscaling/v2.MetricTargetType":                  true,
	"k8s.io/api/autoscaling/v2.ScalingPolicySelect":               true,
	"k8s.io/api/core/v1.ContainerRestartPolicy":                   true,
	"k8s.io/api/core/v1.RecursiveReadOnlyMode":                    true,
}

type structType struct {
	file   *ast.File
	fields []*ast.Field
}

type module struct {
	structs map[string]structType
	enums   map[string]map[string]bool
	// Types of text; whether each is without the marker.
	texts map[string]bool
}

func main() {
	found := module{map[string]structType{}, map[string]map[string]bool{}, map[string]bool{}}
	for index, root := range os.Args[1:] {
		path := []string{"k8s.io/api", "k8s.io/apimachinery"}[index]
		_ = filepath.WalkDir(root, func(file string, entry os.DirEntry, err error) error {
			name := entry.Name()
			if err == nil && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "generated") {
				relative, _ := filepath.Rel(root, filepath.Dir(file))
				found.read(file, filepath.Join(path, relative))
			}
			return nil
		})
	}
	fields := map[string]map[string][]string{}
	for name := range found.structs {
		if of := found.fieldsOf(name); len(of) > 0 {
			fields[openAPIName(name)] = of
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(fields); err != nil {
		panic(err)
	}
}

// Published names are `io.k8s.api.core.v1.Container`.
func openAPIName(name string) string {
	return strings.ReplaceAll(strings.Replace(name, "k8s.io", "io.k8s", 1), "/", ".")
}

func (m module) read(path string, pkg string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		panic(err)
	}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				m.readType(file, pkg, general, spec)
			case *ast.ValueSpec:
				m.readValue(file, pkg, general, spec)
			}
		}
	}
}

func (m module) readType(file *ast.File, pkg string, general *ast.GenDecl, spec *ast.TypeSpec) {
	name := pkg + "." + spec.Name.Name
	if text, ok := spec.Type.(*ast.Ident); ok && text.Name == "string" {
		m.texts[name] = true
		if marked(general.Doc) || marked(spec.Doc) {
			m.texts[name] = false
		}
	}
	if structure, ok := spec.Type.(*ast.StructType); ok {
		m.structs[name] = structType{file, structure.Fields.List}
	}
}

func marked(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, comment := range doc.List {
		words := strings.TrimSpace(strings.TrimPrefix(comment.Text, "//"))
		if words == "+enum" || words == "+k8s:enum" {
			return true
		}
	}
	return false
}

func (m module) readValue(file *ast.File, pkg string, general *ast.GenDecl, spec *ast.ValueSpec) {
	if general.Tok != token.CONST {
		return
	}
	for _, value := range spec.Values {
		of := typeName(file, pkg, spec.Type)
		if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 {
			of, value = typeName(file, pkg, call.Fun), call.Args[0]
		}
		literal, ok := value.(*ast.BasicLit)
		if !ok || of == "" || literal.Kind != token.STRING {
			continue
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			panic(err)
		}
		// `""` is how Go says that nothing is said; HostPathType alone has it for a choice of its own.
		if text == "" && !strings.HasSuffix(of, ".HostPathType") {
			continue
		}
		if m.enums[of] == nil {
			m.enums[of] = map[string]bool{}
		}
		m.enums[of][text] = true
	}
}

// The full name of a type, of what it points to, or of what a list has in it.
func typeName(file *ast.File, pkg string, expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.Ident:
		return pkg + "." + expression.Name
	case *ast.StarExpr:
		return typeName(file, pkg, expression.X)
	case *ast.ArrayType:
		return typeName(file, pkg, expression.Elt)
	case *ast.SelectorExpr:
		alias, ok := expression.X.(*ast.Ident)
		if !ok {
			return ""
		}
		for _, imported := range file.Imports {
			path, _ := strconv.Unquote(imported.Path.Value)
			if (imported.Name != nil && imported.Name.Name == alias.Name) || (imported.Name == nil && filepath.Base(path) == alias.Name) {
				return path + "." + expression.Sel.Name
			}
		}
	}
	return ""
}

// The enumerated fields of a struct, those of inlined structs among them.
func (m module) fieldsOf(name string) map[string][]string {
	structure := m.structs[name]
	pkg := name[:strings.LastIndex(name, ".")]
	fields := map[string][]string{}
	for _, field := range structure.fields {
		if field.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(field.Tag.Value)
		json := strings.Split(reflect.StructTag(tag).Get("json"), ",")
		of := typeName(structure.file, pkg, field.Type)
		if json[0] == "" && len(field.Names) == 0 {
			for inner, values := range m.fieldsOf(of) {
				fields[inner] = values
			}
			continue
		}
		without, text := m.texts[of]
		if text && (!without || enforced[of]) && len(m.enums[of]) > 0 {
			fields[json[0]] = sorted(m.enums[of])
		}
	}
	return fields
}

func sorted(values map[string]bool) []string {
	list := []string{}
	for value := range values {
		list = append(list, value)
	}
	sort.Strings(list)
	return list
}
