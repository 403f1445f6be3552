-- Removes arrays of forgotten marks. ARGV: how many at most. Answers how many are left to look at (0: clean).
-- LIST trash: "<set> <generation> <top level>", or with the level and array to go on from.
local budget = tonumber(ARGV[1])

local function sweep(item)
  local name, gen, top, level, from = string.match(item, '^(.+) (%d+) (%d+) (%d+) (%d+)$')
  if not name then
    name, gen, top = string.match(item, '^(.+) (%d+) (%d+)$')
    level, from = '0', '0'
  end
  if not name then
    return
  end
  top, level, from = tonumber(top), tonumber(level), tonumber(from)
  while level <= top and budget > 0 do
    local keys, count = {}, 8 ^ level
    while from < count and #keys < 500 and budget > 0 do
      keys[#keys + 1] = P .. name .. ':' .. gen .. ':' .. level .. ':' .. from
      from = from + 1
      budget = budget - 1
    end
    if #keys > 0 then
      call('UNLINK', unpack(keys))
    end
    if from >= count then
      level, from = level + 1, 0
    end
  end
  if level <= top then
    call('LPUSH', P .. 'trash', name .. ' ' .. gen .. ' ' .. top .. ' ' .. level .. ' ' .. from)
  end
end

-- every new run leaves an item, so a call looks at many
while budget > 0 do
  local item = call('LPOP', P .. 'trash')
  if not item then
    break
  end
  budget = budget - 1
  sweep(item)
end
return call('LLEN', P .. 'trash')
