import koffi from 'koffi';

export type Pointer = unknown;

/** libmodsecurity's `ModSecurityIntervention` (intervention.h). `url` and `log` belong to the caller, who must free them. */
export interface Intervention {
  status: number;
  pause: number;
  url: Pointer;
  log: Pointer;
  disruptive: number;
}

export type Api = ReturnType<typeof bindLibrary>;

/** The part of libmodsecurity's C API (modsecurity.h, transaction.h, rules_set.h) that is called. */
export function bindLibrary(libraryPath: string) {
  const library = koffi.load(libraryPath);
  const c = koffi.load(null);
  koffi.struct('ModSecurityIntervention', {
    status: 'int',
    pause: 'int',
    url: 'void *',
    log: 'void *',
    disruptive: 'int',
  });
  koffi.proto('void ModSecurityLogCallback(void *, const void *)');
  const f = (signature: string) => library.func(signature);
  return {
    free: c.func('void free(void *)'),
    init: f('void *msc_init()'),
    whoAmI: f('const char *msc_who_am_i(void *)'),
    setConnectorInfo: f('void msc_set_connector_info(void *, const char *)'),
    setLogCallback: f('void msc_set_log_cb(void *, ModSecurityLogCallback *)'),
    createRules: f('void *msc_create_rules_set()'),
    addFile: f('int msc_rules_add_file(void *, const char *, _Out_ void **)'),
    addText: f('int msc_rules_add(void *, const char *, _Out_ void **)'),
    merge: f('int msc_rules_merge(void *, void *, _Out_ void **)'),
    cleanupRules: f('int msc_rules_cleanup(void *)'),
    newTransaction: f('void *msc_new_transaction_with_id(void *, void *, const char *, void *)'),
    connection: f('int msc_process_connection(void *, const char *, int, const char *, int)'),
    uri: f('int msc_process_uri(void *, const char *, const char *, const char *)'),
    requestHeader: f('int msc_add_n_request_header(void *, const uint8_t *, size_t, const uint8_t *, size_t)'),
    requestHeaders: f('int msc_process_request_headers(void *)'),
    appendBody: f('int msc_append_request_body(void *, const uint8_t *, size_t)'),
    requestBody: f('int msc_process_request_body(void *)'),
    responseHeaders: f('int msc_process_response_headers(void *, int, const char *)'),
    responseBody: f('int msc_process_response_body(void *)'),
    updateStatus: f('int msc_update_status_code(void *, int)'),
    logging: f('int msc_process_logging(void *)'),
    intervention: f('int msc_intervention(void *, _Inout_ ModSecurityIntervention *)'),
    cleanup: f('void msc_transaction_cleanup(void *)'),
  };
}
