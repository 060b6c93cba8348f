;; Accumulate-and-fire networks: the loops of the reference simulator's step over arrays in linear memory.
;; Charges stand at address 0, one f64 a cell, so that a target is stored as the address of its charge.
;; A row of the table of rows is three i32: first synapse, first that acts after the reset, end.
(module
  (memory (export "memory") 1)

  ;; Lists, from $fired on, the byte offsets into the table of rows of the cells whose |charge| is above their
  ;; threshold. Returns the end of the list. Four cells are tested at once, since few fire: the arrays are padded to
  ;; that, with thresholds that are never passed.
  (func (export "fire") (param $cells i32) (param $threshold i32) (param $fired i32) (result i32)
    (local $cell i32) (local $row i32) (local $end i32) (local $mask i32) (local $at i32)
    (local.set $end (i32.shl (local.get $cells) (i32.const 3)))
    (block $done
      (br_if $done (i32.eqz (local.get $cells)))
      (loop $next
        (local.set $at (i32.add (local.get $threshold) (local.get $cell)))
        (local.set $mask
          (i32.or
            (i64x2.bitmask
              (f64x2.gt (f64x2.abs (v128.load (local.get $cell))) (v128.load (local.get $at))))
            (i32.shl
              (i64x2.bitmask
                (f64x2.gt (f64x2.abs (v128.load offset=16 (local.get $cell))) (v128.load offset=16 (local.get $at))))
              (i32.const 2))))
        (if (local.get $mask)
          (then
            (local.set $at (local.get $row))
            (loop $bit
              (i32.store (local.get $fired) (local.get $at))
              (local.set $fired
                (i32.add (local.get $fired) (i32.shl (i32.and (local.get $mask) (i32.const 1)) (i32.const 2))))
              (local.set $at (i32.add (local.get $at) (i32.const 12)))
              (local.set $mask (i32.shr_u (local.get $mask) (i32.const 1)))
              (br_if $bit (local.get $mask)))))
        (local.set $row (i32.add (local.get $row) (i32.const 48)))
        (local.set $cell (i32.add (local.get $cell) (i32.const 32)))
        (br_if $next (i32.lt_u (local.get $cell) (local.get $end)))))
    (local.get $fired))

  ;; The synapses of each listed row, from its field $from to its field $to (byte offsets 0, 4, 8), deliver in order.
  (func (export "deliver")
    (param $list i32) (param $end i32) (param $rows i32) (param $from i32) (param $to i32)
    (param $post i32) (param $weight i32)
    (local $row i32) (local $synapse i32) (local $last i32) (local $w i32) (local $charge i32)
    (block $done
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (loop $nextRow
        (local.set $row (i32.add (local.get $rows) (i32.load (local.get $list))))
        (local.set $synapse (i32.load (i32.add (local.get $row) (local.get $from))))
        (local.set $last (i32.load (i32.add (local.get $row) (local.get $to))))
        (local.set $w (i32.add (local.get $weight) (i32.shl (local.get $synapse) (i32.const 3))))
        (local.set $synapse (i32.add (local.get $post) (i32.shl (local.get $synapse) (i32.const 2))))
        (local.set $last (i32.add (local.get $post) (i32.shl (local.get $last) (i32.const 2))))
        (block $rowDone
          (br_if $rowDone (i32.ge_u (local.get $synapse) (local.get $last)))
          (loop $next
            (local.set $charge (i32.load (local.get $synapse)))
            (f64.store (local.get $charge)
              (f64.add (f64.load (local.get $charge)) (f64.load (local.get $w))))
            (local.set $w (i32.add (local.get $w) (i32.const 8)))
            (local.set $synapse (i32.add (local.get $synapse) (i32.const 4)))
            (br_if $next (i32.lt_u (local.get $synapse) (local.get $last)))))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (br_if $nextRow (i32.lt_u (local.get $list) (local.get $end))))))

  ;; Sets the charge of every cell in a list of rows to 0: a row's offset is 12 bytes a cell, a charge's 8.
  (func (export "reset") (param $list i32) (param $end i32)
    (block $done
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (loop $next
        (f64.store (i32.shl (i32.div_u (i32.load (local.get $list)) (i32.const 12)) (i32.const 3)) (f64.const 0))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $list) (local.get $end))))))

  ;; The sum of the charges at a list of addresses, in order; each is emptied as it is read.
  (func (export "read") (param $list i32) (param $end i32) (result f64)
    (local $sum f64) (local $charge i32)
    (block $done
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (loop $next
        (local.set $charge (i32.load (local.get $list)))
        (local.set $sum (f64.add (local.get $sum) (f64.load (local.get $charge))))
        (f64.store (local.get $charge) (f64.const 0))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $list) (local.get $end)))))
    (local.get $sum)))
