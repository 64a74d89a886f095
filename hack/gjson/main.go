// Prints what gjson answers to the paths of cases.go, one JSON object a line. From this folder:
//
//	go run . >../../src/test/resources/dev/lockstep/render/gjson.jsonl
package main

import (
	"encoding/json"
	"os"

	"github.com/tidwall/gjson"
)

type answer struct {
	Document string `json:"document"`
	Path     string `json:"path"`
	Exists   bool   `json:"exists"`
	Text     string `json:"text"`
}

func main() {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for _, group := range groups {
		for _, path := range group.paths {
			result := gjson.Get(group.document, path)
			row := answer{group.document, path, result.Exists(), result.String()}
			if err := encoder.Encode(row); err != nil {
				panic(err)
			}
		}
	}
}
