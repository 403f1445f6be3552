-- Which commands the caller may not run on the frontier's keys. KEYS[1] is what their names begin with, ARGV are the
-- commands. Redis 7 and later.
local denied = {}
for _, name in ipairs(ARGV) do
  if not redis.acl_check_cmd(name, KEYS[1] .. 'check') then
    denied[#denied + 1] = name
  end
end
return denied
