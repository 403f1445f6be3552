-- Which commands the caller may not run on the frontier's keys. KEYS[1] is what their names begin with, ARGV are the
-- commands. Nothing is known of servers without that question: those before Redis 7, and some that are only like it.
local check, denied = redis.acl_check_cmd, {}
for _, name in ipairs(check and ARGV or {}) do
  if not check(name, KEYS[1] .. 'check') then
    denied[#denied + 1] = name
  end
end
return denied
