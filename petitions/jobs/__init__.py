"""Jobs (việc định kỳ): what the office's computer does by itself on certain days, and whether it really did.

Job = việc định kỳ; run = lần chạy; claim = nhận việc; heartbeat = nhịp báo; late = chậm. Rooms above register their jobs (register.py); a run
is claimed by one row per (job, day), so that however many workers there are, one of them does it.

Not a queue: what must happen because of a change is promised in the outbox. A job looks at what stands and may be run twice.
"""
