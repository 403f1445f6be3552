-- The dead that nobody has reported yet. ARGV: how many at most. Answers {entry, why, value} each.
local found = {}
for _, entry in ipairs(call('SRANDMEMBER', P .. 'unreported', ARGV[1])) do
  local value = call('HGET', P .. 'dead:' .. (Q.portal_of(entry) or ''), entry)
  local why = call('HGET', P .. 'why', entry)
  if value and why then
    found[#found + 1] = { entry, why, value }
  else
    call('SREM', P .. 'unreported', entry)
  end
end
return found
