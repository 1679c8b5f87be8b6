/// One content of each message type, as the specification describes it.
let messageSamples: [String: String] = [
  "kernel_info_request": "{}",
  "kernel_info_reply": """
  {"status":"ok","protocol_version":"5.5","implementation":"swiftlet",
   "implementation_version":"0.1.0",
   "language_info":{"name":"swiftlet","version":"0.1.0","mimetype":"text/x-python",
     "file_extension":".py","pygments_lexer":"python",
     "codemirror_mode":{"name":"python","version":3},"nbconvert_exporter":"python"},
   "banner":"Hello","help_links":[{"text":"Home","url":"https://example.org"}],
   "debugger":true,"supported_features":["debugger"]}
  """,
  "execute_request": """
  {"code":"1 + 1","silent":false,"store_history":true,"user_expressions":{"a":"b"},
   "allow_stdin":true,"stop_on_error":true}
  """,
  "execute_reply": """
  {"status":"ok","execution_count":3,
   "user_expressions":{"x":{"status":"ok","data":{"text/plain":"1"},"metadata":{}},
     "y":{"status":"error","ename":"NameError","evalue":"y","traceback":["a","b"]}},
   "payload":[{"source":"page","data":{"text/plain":"help"},"start":2},
     {"source":"set_next_input","text":"x = 1","replace":true},
     {"source":"ask_exit","keepkernel":false}]}
  """,
  "execute_input": #"{"code":"print(1)","execution_count":7}"#,
  "execute_result": #"{"data":{"text/plain":"2"},"metadata":{"a":{}},"execution_count":1}"#,
  "stream": #"{"name":"stderr","text":"careful\n"}"#,
  "display_data": """
  {"data":{"text/plain":"<Figure>","image/svg+xml":"<svg/>"},"metadata":{},
   "transient":{"display_id":"fit-1"}}
  """,
  "update_display_data": """
  {"data":{"text/plain":"50%"},"metadata":{},"transient":{"display_id":"fit-1"}}
  """,
  "clear_output": #"{"wait":true}"#,
  "error": #"{"ename":"ValueError","evalue":"no","traceback":["Traceback","ValueError: no"]}"#,
  "status": #"{"execution_state":"busy"}"#,
  "input_request": #"{"prompt":"name? ","password":false}"#,
  "input_reply": #"{"value":"Ada"}"#,
  "is_complete_request": #"{"code":"if x:"}"#,
  "is_complete_reply": #"{"status":"incomplete","indent":"    "}"#,
  "complete_request": #"{"code":"pri","cursor_pos":3}"#,
  "complete_reply": """
  {"status":"ok","matches":["print"],"cursor_start":0,"cursor_end":3,
   "metadata":{"_jupyter_types_experimental":[
     {"start":0,"end":3,"text":"print","type":"function","signature":"(*args)"}]}}
  """,
  "inspect_request": #"{"code":"print","cursor_pos":5,"detail_level":1}"#,
  "inspect_reply": #"{"status":"ok","found":true,"data":{"text/plain":"help"},"metadata":{}}"#,
  "history_request": """
  {"output":true,"raw":false,"hist_access_type":"range","session":-1,"start":2,"stop":9}
  """,
  "history_reply": """
  {"status":"ok","history":[[1,1,"a = 1"],[1,2,["a","1"]],[1,3,["print(a)",null]]]}
  """,
  "connect_request": "{}",
  "connect_reply": """
  {"status":"ok","shell_port":1,"iopub_port":2,"stdin_port":3,"hb_port":4,"control_port":5}
  """,
  "comm_info_request": #"{"target_name":"jupyter.widget"}"#,
  "comm_info_reply": #"{"status":"ok","comms":{"c1":{"target_name":"jupyter.widget"}}}"#,
  "comm_open": #"{"comm_id":"c1","target_name":"jupyter.widget","data":{"state":{}}}"#,
  "comm_msg": #"{"comm_id":"c1","data":{"method":"update"}}"#,
  "comm_close": #"{"comm_id":"c1","data":{}}"#,
  "shutdown_request": #"{"restart":true}"#,
  "shutdown_reply": #"{"status":"ok","restart":false}"#,
  "interrupt_request": "{}",
  "interrupt_reply": #"{"status":"ok"}"#,
  "debug_request": #"{"type":"request","seq":1,"command":"debugInfo","arguments":{}}"#,
  "debug_reply": #"{"type":"response","request_seq":1,"success":true,"command":"debugInfo","body":{}}"#,
  "debug_event": #"{"type":"event","event":"stopped","body":{"threadId":1}}"#,
  "create_subshell_request": "{}",
  "create_subshell_reply": #"{"status":"ok","subshell_id":"s1"}"#,
  "delete_subshell_request": #"{"subshell_id":"s1"}"#,
  "delete_subshell_reply": #"{"status":"ok"}"#,
  "list_subshell_request": "{}",
  "list_subshell_reply": #"{"status":"ok","subshell_id":["s1","s2"]}"#,
  "usage_request": "{}",
  "usage_reply": """
  {"hostname":"h","pid":7,"kernel_cpu":12.5,"kernel_memory":1000,"host_cpu_percent":50.0,"cpu_count":2,
   "host_virtual_memory":{"total":1000,"available":400,"percent":60.0,"used":600,"free":100}}
  """,
  "iopub_welcome": #"{"subscription":"stream"}"#,
]
