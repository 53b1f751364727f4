# microlift from R: base R and jsonlite; processx for one process that answers all calls. source() this file.

# One call, one process: a list without names holds the arguments in their order, a list with names is the options of
# the function. A vector of one number is a number; list(0.1) is a list that holds one.
microlift_call <- function(name, arguments, command = c("npx", "microlift")) {
  input <- tempfile()
  errors <- tempfile()
  on.exit(unlink(c(input, errors)))
  # As bytes: R would write in the encoding of the locale.
  writeLines(.microlift_json(arguments), input, useBytes = TRUE)
  words <- shQuote(c(command[-1], "call", name))
  output <- suppressWarnings(system2(command[1], words, stdin = input, stdout = TRUE, stderr = errors))
  if (!is.null(attr(output, "status"))) {
    stop(.microlift_error(list(message = paste(readLines(errors, encoding = "UTF-8"), collapse = "\n"))))
  }
  .microlift_value(.microlift_parsed(output))
}

# Many calls, one process: requests are list(name, arguments). Answers come in the same order, wrong input among them
# as conditions, which inherits(answer, "error") tells.
microlift_calls <- function(requests, command = c("npx", "microlift")) {
  input <- tempfile()
  on.exit(unlink(input))
  lines <- vapply(requests, function(request) .microlift_request(request[[1]], request[[2]]), "")
  writeLines(lines, input, useBytes = TRUE)
  words <- shQuote(c(command[-1], "serve", "--stdio"))
  output <- suppressWarnings(system2(command[1], words, stdin = input, stdout = TRUE))
  if (length(output) != length(lines)) stop("microlift has ended early")
  lapply(output, function(line) .microlift_answer(.microlift_parsed(line)))
}

# A process that answers calls until it is closed: session$call(name, arguments), session$close().
microlift_session <- function(command = c("npx", "microlift")) {
  process <- processx::process$new(
    command[1], c(command[-1], "serve", "--stdio"),
    stdin = "|", stdout = "|", stderr = "", encoding = "UTF-8", cleanup_tree = TRUE
  )
  last <- 0
  list(
    call = function(name, arguments) {
      last <<- last + 1
      left <- charToRaw(paste0(.microlift_request(name, arguments, last), "\n"))
      while (length(left) > 0) left <- process$write_input(left)
      while (process$is_alive() || process$is_incomplete_output()) {
        process$poll_io(-1)
        line <- process$read_output_lines(n = 1)
        if (length(line) == 0) next
        read <- .microlift_parsed(line)
        # Another one answers a call that was interrupted while it waited.
        if (!is.null(read$id) && read$id != last) next
        answer <- .microlift_answer(read)
        if (inherits(answer, "error")) stop(answer)
        return(answer)
      }
      stop("microlift has ended with exit code ", process$get_exit_status())
    },
    close = function() {
      close(process$get_input_connection())
      invisible(process$wait(5000))
    }
  )
}

.microlift_request <- function(name, arguments, id = NULL) {
  .microlift_json(list(id = id, "function" = name, arguments = arguments))
}

.microlift_answer <- function(answer) {
  if (is.null(answer$error)) .microlift_value(answer$result) else .microlift_error(lapply(answer$error, .microlift_value))
}

# A condition with the fields of an error: field, value and expected where the input was wrong.
.microlift_error <- function(fields) {
  class <- c(if (!is.null(fields$field)) "microlift_domain_error", "microlift_error", "error", "condition")
  structure(c(fields["message"], list(call = NULL), fields[c("field", "value", "expected")]), class = class)
}

# JSON with all 17 digits of a number: jsonlite writes 15 of them. Infinities travel as texts, and a text that looks like
# one has a "$" before it.
.microlift_json <- function(value) {
  if (is.null(value)) return("null")
  if (!is.null(names(value))) {
    fields <- mapply(function(name, entry) paste0(.microlift_text(name), ":", .microlift_json(entry)), names(value), value)
    return(paste0("{", paste(fields, collapse = ","), "}"))
  }
  if (is.list(value)) return(paste0("[", paste(vapply(value, .microlift_json, ""), collapse = ","), "]"))
  if (anyNA(value)) stop("microlift knows no missing values: leave them out")
  entries <- if (is.numeric(value)) {
    ifelse(is.infinite(value), ifelse(value > 0, '"Infinity"', '"-Infinity"'), sprintf("%.17g", value))
  } else if (is.logical(value)) {
    ifelse(value, "true", "false")
  } else {
    vapply(sub("^(\\$*-?Infinity)$", "$\\1", as.character(value)), .microlift_text, "")
  }
  if (length(value) == 1) entries else paste0("[", paste(entries, collapse = ","), "]")
}

.microlift_text <- function(text) {
  enc2utf8(as.character(jsonlite::toJSON(jsonlite::unbox(enc2utf8(text)))))
}

.microlift_parsed <- function(lines) {
  Encoding(lines) <- "UTF-8"
  jsonlite::fromJSON(paste(lines, collapse = "\n"), simplifyVector = FALSE)
}

# What JSON holds as R has it: a list of numbers is a vector.
.microlift_value <- function(value) {
  if (is.character(value) && grepl("^\\$*-?Infinity$", value)) {
    return(if (startsWith(value, "$")) substring(value, 2) else if (value == "Infinity") Inf else -Inf)
  }
  if (!is.list(value)) return(value)
  entries <- lapply(value, .microlift_value)
  isVector <- is.null(names(entries)) && length(entries) > 0 &&
    all(vapply(entries, function(entry) is.numeric(entry) && length(entry) == 1, NA))
  if (isVector) unlist(entries) else entries
}
