-- Sets of 64-bit numbers at 8 to 11 bytes each: `seen`, `visited`, `listed`.
--
-- A small set of integers is kept by Redis as a sorted array (intset). A set of ours is spread over such
-- arrays: level 0 is one, level 1 eight, level 2 sixty-four … A level is filled to FILL members an array on
-- average, well below the 512 (set-max-intset-entries) at which Redis turns an array into a hash table of five
-- times the size; then the next level begins. So no server needs to be configured, and there is no cliff.
-- A generation is one such set of levels; ageing drops the oldest, and what is seen again moves up.
--
-- HASH <name>: gen (current), old (oldest), n (members of the top level), L<gen> (top level), T<gen> (start)
-- SET  <name>:<gen>:<level>:<array>
local FILL = 400
local TOP = 8

local M = {}
local loaded = {}

function M.open(name, max_age)
  local m = loaded[name]
  if m then
    return m
  end
  m = { name = name, key = P .. name, top = {}, start = {}, stems = {} }
  local v = call('HGETALL', m.key)
  local f = {}
  for i = 1, #v, 2 do
    f[v[i]] = tonumber(v[i + 1])
  end
  m.gen, m.old, m.n = f.gen or 1, f.old or 1, f.n or 0
  for g = m.old, m.gen do
    m.top[g] = f['L' .. g] or 0
    m.start[g] = f['T' .. g] or now
  end
  m.new = f.gen == nil
  m.ageing = max_age ~= nil and max_age > 0
  if m.ageing then
    if now - m.start[m.gen] > max_age / 4 then
      M.renew(m)
    end
    -- a generation is as old as its youngest member: the start of the one after it
    while m.old < m.gen and now - m.start[m.old + 1] > max_age do
      M.drop(m)
    end
  end
  loaded[name] = m
  return m
end

local floor = math.floor
local DIVISOR = {}
for level = 0, TOP do
  DIVISOR[level] = 2 ^ (24 - 3 * level)
end

-- The array of a number: `spread` is 24 bits of the hash, independent of the 64 that are stored.
local function array(m, gen, level, spread)
  local stems = m.stems[gen]
  if not stems then
    stems = {}
    m.stems[gen] = stems
  end
  local stem = stems[level]
  if not stem then
    stem = m.key .. ':' .. gen .. ':' .. level .. ':'
    stems[level] = stem
  end
  return stem .. floor(spread / DIVISOR[level])
end

-- The generation that has a number, or nil.
function M.find(m, spread, number)
  if m.new then
    return nil
  end
  for g = m.gen, m.old, -1 do
    for level = m.top[g], 0, -1 do
      if call('SISMEMBER', array(m, g, level, spread), number) == 1 then
        return g, level
      end
    end
  end
  return nil
end

-- True when the number is new.
function M.add(m, spread, number)
  local g, level = M.find(m, spread, number)
  if g and not (m.ageing and g < m.gen) then
    return false
  end
  if g then
    call('SREM', array(m, g, level, spread), number)
  end
  call('SADD', array(m, m.gen, m.top[m.gen], spread), number)
  m.n = m.n + 1
  m.new, m.dirty = false, true
  if m.n >= FILL * 8 ^ m.top[m.gen] and m.top[m.gen] < TOP then
    m.top[m.gen] = m.top[m.gen] + 1
    m.n = 0
  end
  return g == nil
end

-- Forgets one number.
function M.remove(m, spread, number)
  local g, level = M.find(m, spread, number)
  if g then
    call('SREM', array(m, g, level, spread), number)
    if g == m.gen and level == m.top[g] then
      m.n = m.n - 1
      m.dirty = true
    end
  end
end

-- A new generation.
function M.renew(m)
  m.gen = m.gen + 1
  m.top[m.gen], m.start[m.gen], m.n = 0, now, 0
  m.dirty = true
end

-- Forgets the oldest generation. Its arrays are swept up later, a few at a time.
function M.drop(m)
  call('RPUSH', P .. 'trash', m.name .. ' ' .. m.old .. ' ' .. m.top[m.old])
  call('HDEL', m.key, 'L' .. m.old, 'T' .. m.old)
  m.old = m.old + 1
  m.dirty = true
end

-- Forgets all: an empty generation remains, whose number was never used before.
function M.reset(m)
  if m.new then
    return
  end
  M.renew(m)
  while m.old < m.gen do
    M.drop(m)
  end
end

function M.save()
  for _, m in pairs(loaded) do
    if m.dirty then
      local v = { 'gen', m.gen, 'old', m.old, 'n', m.n }
      for g = m.old, m.gen do
        v[#v + 1] = 'L' .. g
        v[#v + 1] = m.top[g]
        v[#v + 1] = 'T' .. g
        v[#v + 1] = string.format('%.0f', m.start[g])
      end
      call('HSET', m.key, unpack(v))
      m.new, m.dirty = false, false
    end
  end
end

-- How many numbers there are, counted where exact and estimated for full levels.
function M.count(m)
  if m.new then
    return 0
  end
  local total = m.n
  for g = m.old, m.gen do
    for level = 0, m.top[g] - 1 do
      total = total + FILL * 8 ^ level
    end
  end
  return total
end
