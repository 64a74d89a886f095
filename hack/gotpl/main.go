// gotpl renders templates by Go's own text/template with Sprig, to check ours against. Without
// arguments it answers requests, one JSON object a line:
//
//	{"template": "{{ .user | upper }}", "data": {"user": "app"}}  ->  {"out": "APP"} or {"err": "..."}
//
// With "record FOLDER" it renders the templates of cases_*.go and writes requests and answers into one
// file for each. The root object is a map of strings, a missing key is an error, and env, expandenv and
// getHostByName are not there; toYaml and fromYaml are, as External Secrets Operator has them. What is no
// UTF-8 stands in base64, under data64, out64 and err64.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
)

// row is a request and, where it was rendered, its answer.
type row struct {
	// Builtins says to leave out Sprig: its slice and others replace Go's of the same name.
	Builtins bool              `json:"builtins,omitempty"`
	Template string            `json:"template"`
	Data     map[string]string `json:"data,omitempty"`
	Data64   map[string][]byte `json:"data64,omitempty"`
	Out      *string           `json:"out,omitempty"`
	Out64    []byte            `json:"out64,omitempty"`
	Err      string            `json:"err,omitempty"`
	Err64    []byte            `json:"err64,omitempty"`
}

// suite is what a file of cases registers: it becomes NAME.jsonl.
type suite struct {
	name   string
	groups []group
}

// group is templates that are rendered with the same data. Values may be any bytes.
type group struct {
	builtins  bool
	data      map[string]string
	templates []string
}

var suites []suite

func main() {
	var err error
	switch {
	case len(os.Args) == 1:
		err = answer(os.Stdin, os.Stdout)
	case len(os.Args) == 3 && os.Args[1] == "record":
		err = record(os.Args[2])
	default:
		err = fmt.Errorf("usage: gotpl [record FOLDER]")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotpl:", err)
		os.Exit(1)
	}
}

func answer(requests io.Reader, answers io.Writer) error {
	in := bufio.NewScanner(requests)
	in.Buffer(nil, 64<<20)
	out := encoder(answers)
	for in.Scan() {
		var request row
		if err := json.Unmarshal(in.Bytes(), &request); err != nil {
			return err
		}
		if err := out.Encode(request.rendered().answer()); err != nil {
			return err
		}
	}
	return in.Err()
}

func record(folder string) error {
	for _, suite := range suites {
		file, err := os.Create(filepath.Join(folder, suite.name+".jsonl"))
		if err != nil {
			return err
		}
		out := encoder(file)
		for _, group := range suite.groups {
			for _, text := range group.templates {
				if err := out.Encode(group.request(text).rendered()); err != nil {
					return err
				}
			}
		}
		if err := file.Close(); err != nil {
			return err
		}
	}
	return nil
}

func encoder(w io.Writer) *json.Encoder {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out
}

func (g group) request(text string) row {
	r := row{Builtins: g.builtins, Template: text}
	for key, value := range g.data {
		if utf8.ValidString(value) {
			if r.Data == nil {
				r.Data = map[string]string{}
			}
			r.Data[key] = value
		} else {
			if r.Data64 == nil {
				r.Data64 = map[string][]byte{}
			}
			r.Data64[key] = []byte(value)
		}
	}
	return r
}

func (r row) rendered() row {
	root := map[string]string{}
	for key, value := range r.Data {
		root[key] = value
	}
	for key, value := range r.Data64 {
		root[key] = string(value)
	}
	text, err := render(r.Builtins, r.Template, root)
	switch {
	case err != nil && utf8.ValidString(err.Error()):
		r.Err = err.Error()
	case err != nil:
		r.Err64 = []byte(err.Error())
	case utf8.ValidString(text):
		r.Out = &text
	default:
		r.Out64 = []byte(text)
	}
	return r
}

func (r row) answer() row {
	return row{Out: r.Out, Out64: r.Out64, Err: r.Err, Err64: r.Err64}
}

func render(builtins bool, text string, root map[string]string) (string, error) {
	funcs := template.FuncMap{}
	if !builtins {
		funcs = sprig.TxtFuncMap()
		for _, name := range []string{"env", "expandenv", "getHostByName"} {
			delete(funcs, name)
		}
		funcs["toYaml"] = toYaml
		funcs["fromYaml"] = fromYaml
	}
	t, err := template.New("tpl").Option("missingkey=error").Funcs(funcs).Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, root)
	return b.String(), err
}

// toYaml is External Secrets Operator's: empty for what has no YAML.
func toYaml(v any) string {
	text, _ := yaml.Marshal(v)
	return strings.TrimSuffix(string(text), "\n")
}

// fromYaml is External Secrets Operator's: what is wrong stands under "Error".
func fromYaml(text string) map[string]any {
	values := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &values); err != nil {
		values["Error"] = err.Error()
	}
	return values
}
