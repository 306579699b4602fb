// Caddy with Coraza and the Core Rule Set in it, for tests with the logs of a real server. It stands in for coraza-caddy,
// which not every module proxy serves: with the same name in Caddy's configuration, the same settings, and the same lines
// in Caddy's log. Requests and audit log are left to Coraza and its own HTTP middleware.
package main

import (
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
	_ "github.com/caddyserver/caddy/v2/modules/logging"
	coreruleset "github.com/corazawaf/coraza-coreruleset/v4"
	"github.com/corazawaf/coraza/v3"
	txhttp "github.com/corazawaf/coraza/v3/http"
	"github.com/corazawaf/coraza/v3/types"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	caddy.RegisterModule(handler{})
	httpcaddyfile.RegisterHandlerDirective("coraza_waf", parse)
	caddycmd.Main()
}

// The directive of a Caddyfile, with the two settings that coraza-caddy has.
func parse(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	waf := new(handler)
	return waf, waf.UnmarshalCaddyfile(h.Dispenser)
}

func (h *handler) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	for d.Next(); d.NextBlock(0); {
		switch d.Val() {
		case "load_owasp_crs":
			h.LoadOWASPCRS = true
		case "directives":
			if !d.AllArgs(&h.Directives) {
				return d.ArgErr()
			}
		default:
			return d.Errf("invalid key %q", d.Val())
		}
	}
	return nil
}

type handler struct {
	Directives   string `json:"directives"`
	LoadOWASPCRS bool   `json:"load_owasp_crs"`

	waf coraza.WAF
}

func (handler) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.waf", New: func() caddy.Module { return new(handler) }}
}

func (h *handler) Provision(ctx caddy.Context) (err error) {
	config := coraza.NewWAFConfig().WithDirectives(h.Directives).WithErrorCallback(lines(ctx.Logger(h)))
	if h.LoadOWASPCRS {
		config = config.WithRootFS(rulesAndDisk{coreruleset.FS})
	}
	h.waf, err = coraza.NewWAF(config)
	return err
}

// The Core Rule Set under its names, which begin with @, and all other files from the disk, as with coraza-caddy.
type rulesAndDisk struct{ fs.FS }

func (rules rulesAndDisk) ReadFile(name string) ([]byte, error) {
	if strings.Contains(name, "@") {
		return fs.ReadFile(rules.FS, name)
	}
	return os.ReadFile(name)
}

// As with coraza-caddy, a rule without a severity leaves no line.
func lines(logger *zap.Logger) func(types.MatchedRule) {
	return func(rule types.MatchedRule) {
		if level, ok := levelOf(rule.Rule().Severity()); ok {
			logger.Log(level, rule.ErrorLog())
		}
	}
}

func levelOf(severity types.RuleSeverity) (level zapcore.Level, ok bool) {
	switch {
	case severity < types.RuleSeverityEmergency || severity > types.RuleSeverityDebug:
		return zapcore.InvalidLevel, false
	case severity <= types.RuleSeverityError:
		return zapcore.ErrorLevel, true
	case severity == types.RuleSeverityWarning:
		return zapcore.WarnLevel, true
	case severity == types.RuleSeverityDebug:
		return zapcore.DebugLevel, true
	}
	return zapcore.InfoLevel, true
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) (err error) {
	rest := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { err = next.ServeHTTP(w, r) })
	txhttp.WrapHandler(h.waf, rest).ServeHTTP(w, r)
	return err
}
