package main

// A document and the paths that are looked up in it.
type group struct {
	document string
	paths    []string
}

const staff = `{"name":{"first":"Ada","last":"Byron"},"age":37,` +
	`"roles":["admin","backup","reader"],"fav.tool":"loom","users":[` +
	`{"first":"Grace","last":"Hopper","age":44,"teams":["db","web","ops"]},` +
	`{"first":"Alan","last":"Turing","age":68,"teams":["web","ops"]},` +
	`{"first":"Mary","last":"Hopper","age":47,"teams":["db","ops"]}]}`

const truths = `{"v":[{"a":1,"b":true},{"a":2,"b":false},{"a":3,"b":null},{"a":4},` +
	`{"a":5,"b":"t"},{"a":6,"b":"0"},{"a":7,"b":0},{"a":8,"b":7},{"a":9,"b":[]},` +
	`{"a":10,"b":"no"},{"a":11,"b":"TRUE"},{"a":12,"b":"False"}]}`

const mixed = `[1, "1", 2.5, "abc", null, true, false, [1,[2,3]], {"k":"v"}, "", -7]`

var groups = []group{
	{staff, []string{
		"name", "name.last", "name.middle", "age", "age.x", "roles", "roles.0",
		"roles.2", "roles.3", "roles.-1", "roles.01", "roles.#", "roles.#.x",
		"roles.name", "ro*.2", "r?les.0", "r??es.0", "*.first", "*.0.last", "n*.f*t",
		"fav.tool", `fav\.tool`, "users.#", "users.#.first", "users.#.missing",
		"users.#.teams", "users.#.teams.#", "users.#.teams.0", "users.#.teams.1|0",
		"users.1.last", "users.1.teams.#", "users.#.", "users.", ".name", "name..first",
		"users|1|first", "users.#.first|0", "users.#|x", "missing|x", "name|first",
		"name|first.x", "users.1a", "users.#a", "users.##", "users.1#",
	}},
	{staff, []string{
		`users.#(last=="Hopper").first`, `users.#(last=="Hopper")#.first`,
		`users.#(last=Hopper)#.age`, `users.#[last=="Turing"].age`, `users.#(age>45)#.last`,
		"users.#(age>=47)#.age", "users.#(age<47)#.age", "users.#(age<=47)#.age",
		"users.#(age!=47)#.age", "users.#(age==47).first", `users.#(first%"G*").last`,
		`users.#(first!%"G*").last`, `users.#(first!%"G*")#.last`, "users.#(first%?race).last",
		`users.#(teams.#(=="web"))#.first`, `users.#(teams.#(=="db")).first`,
		"users.#(age)#.first", "users.#(missing)", "users.#(missing)#",
		"users.#(missing)#.first", "users.#(missing)#.first|#", "users.#(missing)#|#",
		`users.#(last=="Hopper")#|0`, `users.#(last=="Hopper")#|0.first`,
		`users.#(last=="Hopper")#.first|0`, `users.#(last=="Hopper")#.first|#`,
		`users.#(last=="Hopper")#.teams.0`, `users.#(last=="Hopper").missing`,
		`users.#(last=="Hopper")#.missing`, `users.#(last=="Hopper"`, `roles.#(=="backup")`,
		`roles.#(="backup")`, `roles.#("backup")`, `roles.#(%"?e*")#`, `roles.#(!="admin")#`,
		`roles.#(>"backup")#`, `roles.#(<="reader")#`, `roles.#(%"*a*")#|#`, "roles.#()",
		"roles.#()#", "roles.#(!)#", "roles.#(!x)#", "roles.#(", "users.#(",
		`users.#( age > 45 )#.last`, `users.#(last == "Hopper" ).age`,
		`users.#(name.first=="x")#`, `users.#(teams.#>2)#.first`, `users.#(teams.0=="web").age`,
		`users.#(last=="Hopper")#.#`, `users.#(last=="Hopper")##.first`,
		`users.#(last=="Hopper")x.first`, `users.#(last=="Hop\u0070er").first`,
		`users.#(last=="Hop\\per").first`, `name.#(first=="Ada")`, "age.#(>1)",
	}},
	{truths, []string{
		"v.#(b==true)#.a", "v.#(b==false)#.a", "v.#(b!=true)#.a", "v.#(b!=false)#.a",
		"v.#(b>false)#.a", "v.#(b>=false)#.a", "v.#(b<true)#.a", "v.#(b<=true)#.a",
		"v.#(b==null)#.a", "v.#(b==0)#.a", "v.#(b>1)#.a", "v.#(b==~true)#.a", "v.#(b==~false)#.a",
		"v.#(b==~null)#.a", "v.#(b==~*)#.a", "v.#(b!=~true)#.a", "v.#(b!=~false)#.a",
		"v.#(b!=~null)#.a", "v.#(b!=~*)#.a", "v.#(b>=~true)#.a", "v.#(b<~null)#.a",
		"v.#(b==~other)#.a", "v.#(b)#.a", `v.#(b=="~true")#.a`, "v.#(c==~null)#.a", "v.#.b",
	}},
	{mixed, []string{
		"0", "1", "2", "4", "5", "7", "7.1.0", "8.k", "9", "10", "11", "#", "#.k", "#.0", "#.1.0",
		"#(==1)", "#(==1)#", "#(>0)#", "#(>=2.5)#", "#(<0)", `#(=="")`, `#(=="")#`, "#(%\"*\")#",
		"#(==true)#", "#(!=true)#", "#(==null)#", "#(k)", `#(k=="v").k`, "#(0)#", "#(0==1)#",
		"#(==~true)#", "#(==~null)#", "#(>abc)#", "#(<zz)#", "k", "*",
	}},
	{`{"a":[[1,2],[3],[]],"b":[{"c":[{"d":1},{"d":2}]},{"c":[{"d":3}]},{"x":0}]}`, []string{
		"a.#.#", "a.#.0", "a.#.1", "a.0.#", "b.#.c.#.d", "b.#.c.#", "b.#.c.0.d", "b.#.c.#.d|0",
		"b.#.c|0", "b.#.c|#.#.d", "b.#.c.#(d>1).d", "b.#.c.#(d>1)#.d", "b.#(c)#.c.#(d>1)#",
		"b.#(c.#(d==3))#", "b.#(c.#(d==3)).c.0.d", "a.#(0==3)", "a.#(#==2)", "a.#(#>0)#",
		"a.#|#", "b.#.c.#|#", "b.#.c.#(d>0)#|#", "a|1|0", "a.1|0", "b.0|c.1|d",
	}},
	{`{"i":12345678901234567890123,"f":1.50,"e":1e3,"E":1E-7,"n":-0,"z":-0.0,"t":true,` +
		`"u":false,"x":null,"s":"a\"b\\c\/d\n\t\u00e9\ud83d\ude00","o":{ "k" : [ 1 , 2 ] },` +
		`"l":[ ],"big":1e22,"small":5e-324,"max":1.7976931348623157e308,"third":0.1,` +
		`"long":0.30000000000000004,"neg":-2.250,"over":1e999,"p53":9007199254740993,` +
		`"p53f":9007199254740993.0,"tie":5.684341886080802e-14,"hund":100.0,"exp":12.5e1,` +
		`"e23":1e23,"below":9.999999999999999e22,"e2e23":2e23,"normal":2.2250738585072014e-308,` +
		`"k1":8.41e21,"k2":2.0e-3,"k3":1.1e23,"k4":9.5367431640625e-7,"k5":1.17549435E-38}`, []string{
		"i", "f", "e", "E", "n", "z", "t", "u", "x", "s", "o", "l", "big", "small", "max", "third",
		"long", "neg", "over", "p53", "p53f", "tie", "hund", "exp", "e23",
		"below", "e2e23", "normal", "k1", "k2", "k3", "k4", "k5", "o.k", "o.k.#", "x.y",
	}},
	{`{"a":1,"a":2,"b":{"c":3},"b":{"d":4},"b":5,"":{"":6},"a.b":7,"a*b":8,"a?":9,"a|b":10,` +
		`"a\\b":11,"#":12,"#(x)":13,"@type":14,"@":15,"!":16,"!x":17,"[a":18,"{a":19,` +
		`"\u00fcml":20,"\ud83d\ude00":21,"-1":22,"07":23,"a\"b":24," ":25,"a\nb":26,"3":27}`, []string{
		"a", "b.c", "b.d", "b", "", ".", `a\.b`, `a\*b`, "a*b", "a?", "a??", `a\?`, `a\|b`, "a|b",
		`a\\b`, "#", "#(x)", "@type", "@", "!", "!x", `\[a`, `\{a`, "üml", "?ml", "😀", "?", "-1",
		"07", `a\"b`, " ", "a\nb", "3", `\a`, `a\`, "@type.x", "*", "b.*", "?ml|x", `*\\b`, "a.b",
	}},
	{`  { "spaced" : { "in" : [ 1 , { "x" : "y" } ] , "z" : null } }  `, []string{
		"spaced", "spaced.in", "spaced.in.1", "spaced.in.1.x", "spaced.z", "spaced.in.#.x",
		"spaced.in.#(x)#", "spaced.in.#(x=y).x", "@this", "@ugly", "spaced.@this", "@valid|@reverse",
		"@this.spaced.in.0", "[@this]",
	}},
	{`[{"n":"a|b","v":1},{"n":"a)b","v":2},{"n":"a]b","v":3},{"n":"x\ty","v":4},{"n":"é","v":5},` +
		`{"n":"a.b","v":6},{"n":"a\"b","v":7}]`, []string{
		`#(n=="a|b").v`, `#(n=="a)b").v`, `#(n=="a]b").v`, `#(n=="x\ty").v`, `#(n=="é").v`,
		`#(n=="a.b").v`, `#(n=="a\"b").v`, `#(n%"a?b")#.v`, `#(n>"a")#.v`, `#(n=a.b).v`,
		`#(n=="a|b")#.v|0`, `#.#(n=="a|b")`, `#(n=="a.b")|v`, `#(v>=6)#|1.n`, `#(n%"?")#.v`,
		`#(n%"\u00e9").v`, `#(n%"*\"*").v`, `#(n<"b")#|#`,
	}},
	{`{"w":{"abcabc":1,"xyz":2,"a*c":3,"a\\c":4}}`, []string{
		"w.a*c", "w.*bca*", "w.a*b*c", "w.*z", "w.x?z", "w.???", "w.*?*?*?*?*", "w.a\\*c",
		"w.a\\\\c", "w.a\\\\*c", "w.**c", "w.q*", "w.", "w.*abc", "w.abc*", "w.?bc?bc",
	}},
	{"[]", []string{"#", "0", "#.a", "#()#", "#(a==1)", "#(a==1)#", "#(a==1)#.b|#", "#|x"}},
	{"{}", []string{"a", "*", "#", "a.b", ""}},
	{staff, []string{
		"@this", "@this.age", "@this|age", "name.@this", "name|@this.first", "@valid", "@valid.age",
		"@keys", "name.@keys", "name.@keys.0", "name.@keys|#", "roles.@keys", "age.@keys", "missing.@keys",
		"missing|@keys", "@keys.#", "@values", "name.@values", "name.@values.1", "roles.@values",
		"age.@values", "missing.@values", "@reverse", "name.@reverse", "roles.@reverse",
		"roles.@reverse.0", "age.@reverse", "users.@reverse.#.first", "users.#.first.@reverse",
		"users.#.first|@reverse", "@ugly", "users.0.@ugly", "@pretty", "name.@pretty", "roles.@pretty",
		"users.@pretty", "age.@pretty", "name.first.@pretty", "name.@tostr", "roles.@tostr",
		"name.first.@tostr", "age.@tostr", "missing.@tostr", "name.@tostr.@fromstr",
		"name.@tostr|@fromstr|last", "name.first.@fromstr", "age.@fromstr", "missing.@fromstr",
		"@group", "name.@group", "roles.@group", "users.#.teams.@flatten", "users.#.teams|@flatten",
		"users.#.teams|@flatten|#", "roles.@flatten", "name.@flatten", "users.@join",
		"users.@join.first", "users.@join.@keys", `users.@join:{"preserve":true}`, "name.@join",
		"roles.@join", "missing.@join", "@dig:first", "@dig:last|#", "@dig:teams|@flatten", "@dig:teams.0",
		"users.@dig:first", "@dig:missing", "missing.@dig:x", "@dig:#", "@dig:@this|#", "roles.@dig:x",
		"@this:arg", "@this:", "@this.", "@this|", "@nothing", "@nothing.x", "name.@nothing",
		"@this|@this|age", "@keys|@reverse", "@keys|@reverse|0", "users.#.@keys", "users.#.@this.first",
		"users.#.name|@this", "users.#(age>45)#.@keys", "users.#(age>45).@keys", "users.#.@values|0",
		"users.#(last==\"Hopper\")#|@reverse", "users.1.@reverse.first", "@keysx", "@Keys",
		"roles.#.@this", "roles.#.@tostr", "users.#.teams.@reverse", "users.#.teams.#.@this",
	}},
	{staff, []string{
		"{age}", "{age,name}", "{name.first,name.last}", `{"f":name.first,"l":name.last}`, "{f:name.first}",
		"{age,missing}", "{missing}", "[age]", "[age,name.first]", "[missing]", "[missing,age]", "[]", "{}",
		"{age}.age", "{age}|age", "[age].0", "[age]|#", "name.{first}", `name.{"a":first,"b":last}.b`,
		"name.[first,last]", "name|[first,last]", "users.#.{first}", "users.#.{first,age}",
		`users.#.{"n":first}`, "users.#.{first}|0", "users.#.{first}|#", "users.#.[first,last]",
		"users.#.[first,last]|1", "users.#(age>45)#.{first}", "users.#(age>45).{first,last}",
		"users.1.{first}", "users.0.[first,teams.0]", "users.0.{teams.#}", "users.0.{n:teams.#}",
		"{users.#.first}", `{"x":users.#.first,"y":age}.x.1`, `{a:age}x`, `{age`, `[age`, "[age]x", "{age}x",
		"{roles.#}", "[roles.#]", "{roles.#(==\"backup\")}", `{"a":roles|0}`, "{roles|0}", "{a:roles.@reverse}",
		"{roles.@reverse}", "[roles.@reverse,age]", "{a:roles|@reverse:x,b:age}", "{@this}", "[@this|age]",
		"{@keys}", "{a:@keys}", `{"a b":age}`, `{a\.b:age}`, "{fav\\.tool}", "{{age}}", "[[age]]",
		"[{age},[age]]", "{x:{age,y:[age]}}", "{x:{age}}.x.age", "{age,age}", `{"\u0061":age}.a`,
		`{"bad:age}`, "{:age}", "{age:}", "{,}", "[,]", "{a:,age}", `{"<":age}`, "{<:age}", "missing.{age}",
		"missing|{age}", "missing|[x]", "age.{x}", `{"a":!"x"}`, `{"a":!5}`, `{"a":!true,"b":!null}`,
		`[!"x",!5,age]`, `{"a":!{"b":1}}`, `{"a":!{"b":1}}.a.b`, "{!true}", "[!nan,!inf]", "{a:!nan}",
	}},
	{staff, []string{
		"!true", "!false", "!null", "!nan", "!inf", "!NaN", "!Inf", "!TRUE", "!True", "!5", "!-5.50", "!+5",
		`!"x"`, `!"a\"b"`, `!"x"|y`, `!{"a":1}`, `!{"a":1}.a`, `!{"a":1}|a`, "![1,2]", "![1,2].1", "![1,2]|#",
		"!x", "!", "!true.x", "!true|@this", "age|!true", "missing|!true", "age.!true", "name.!5",
		"!5|x", "![1,2]x", "!nullx", "roles|!\"x\"", "!1e3", "!007",
	}},
	{`{"a":[1,[2],[3,[4,[5,6]]],[],{"b":[7]}],"e":[],"n":[[ ],[ [ ] ]],"s":"{\"k\":[1, 2]}",` +
		`"t":"\"in\"","u":"plain","v":"12","w":"true","z":"","bad":"{","null":null,` +
		`"g":{"x":[1,2,3],"y":["a","b"],"z":5},"o":{"k" : 1,"\u006b":2,"a<b":"x>&y"}}`, []string{
		"a.@flatten", `a.@flatten:{"deep":true}`, `a.@flatten:{"deep":false}`, `a.@flatten:{"deep":1}`,
		`a.@flatten:{"deep":"T"}`, "a.@flatten:deep", `a.@flatten:{"deep":true}.#`,
		`a.@flatten:{"deep":true}|#`, "e.@flatten", "n.@flatten", `n.@flatten:{"deep":true}`,
		"s.@fromstr", "s.@fromstr.k", "s.@fromstr.k.1", "s|@fromstr|k|#", "t.@fromstr", "u.@fromstr",
		"v.@fromstr", "w.@fromstr", "z.@fromstr", "null.@fromstr", "s.@tostr", "o.@tostr", "null.@tostr",
		"g.@group", "g.@group.1", "g.@group.#", "g.@group.#.x", "e.@group", "o.@keys", "o.@values", "o.@reverse",
		"o.@this", "o.@ugly", "null.@keys", "null.@values", "e.@keys", "e.@values", "e.@reverse", "e.@join",
		"a.@join", "g.@keys.@reverse.0", "@dig:b", "@dig:k", "@dig:#", "o.@pretty", "e.@pretty", "n.@pretty",
		"a.@pretty", "g.@pretty", "null.@pretty", `a.@pretty:{"width":0}`, `a.@pretty:{"width":10}`,
		`g.@pretty:{"indent":"\t"}`, `g.@pretty:{"indent":""}`, `g.@pretty:{"indent":"x y"}`,
		`g.@pretty:{"prefix":"  "}`, `o.@pretty:{"sortKeys":true}`, `@pretty:{"sortKeys":true}`,
		`g.@pretty:{"width":8,"indent":" "}`, "g.@pretty:x", `g.@pretty:{"sortKeys":true}.x`,
		"g.@pretty.@ugly", "g.@pretty|@ugly|x", "[g.@pretty]", "{a:o.@pretty}", "o.@tostr.@tostr",
		"o.@tostr.@fromstr.k", "@this.a.1.0", "a.#.@this", "a.@reverse.@reverse", "a.@flatten.@reverse|0",
		"g.{x,y}.@group", "g.{x,y}|@group|0", "a.@flatten|@flatten|@flatten", "g.@values|@flatten",
		"[g.x,g.y].@flatten", "[a,e,n]|#", "g.{x.0,y.1}", "[o,o].@join", `[o,o].@join:{"preserve":true}`,
	}},
	{`[{"a":1,"b":2},{"b":3,"c":4},5,{"a":null}]`, []string{
		"@join", "@join.b", `@join:{"preserve":true}`, `@join:{"preserve":true}.b`, "@keys", "@values", "@reverse",
		"@reverse.0.a", "@flatten", "@group", "#.@keys", "#.{a}", "#.[a,b]", "#.{a}.a", "#(a).{b}", "#(a)#.{b}",
		"#(a)#.[a,b]|0", "@dig:a", "@dig:b|@reverse", "#.@this", "[0.a,1.b]", "{0.a,1.b}", "[@this.#,#]",
		"#.@values.0", "#.@values|0|0", "@this.0.b", "0.@this.b", "2.@this", "2.@keys", "@pretty", "@ugly",
	}},
}
