// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/childprocess.h"

#include <QtCore/QFile>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <functional>
#include <grp.h>
#include <mutex>
#include <pwd.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

extern char **environ;

namespace qproxysql::sandbox {

namespace {

/// The thread that starts all children. The system kills a child when the *thread* that forked it
/// ends (PR_SET_PDEATHSIG), so that thread has to be one that never does.
class Spawner
{
public:
    static Spawner &instance()
    {
        static Spawner *spawner = new Spawner;
        return *spawner;
    }

    pid_t run(const std::function<pid_t()> &job)
    {
        std::unique_lock lock(m_mutex);
        pid_t result = -1;
        bool done = false;
        m_jobs.push_back([&] {
            result = job();
            const std::lock_guard guard(m_mutex);
            done = true;
            m_changed.notify_all();
        });
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return done; });
        return result;
    }

private:
    Spawner()
    {
        std::thread([this] { loop(); }).detach();
    }

    void loop()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return !m_jobs.empty(); });
            const std::function<void()> job = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            job();
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
};

/// A null-terminated char *[] of strings that live as long as this.
class CStrings
{
public:
    void append(QByteArray text) { m_strings.push_back(std::move(text)); }
    char **data()
    {
        m_pointers.clear();
        for (QByteArray &text : m_strings)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
        return m_pointers.data();
    }

private:
    std::vector<QByteArray> m_strings;
    std::vector<char *> m_pointers;
};

/// What the child needs between fork and exec, where nothing may be allocated.
struct Prepared
{
    char **arguments;
    char **environment;
    const char *outputFile;
    bool changeUser;
    uid_t user;
    gid_t group;
    pid_t parent;
    int reportDescriptor;
};

constexpr int ReportDescriptor = 3;

[[noreturn]] void giveUp(int error)
{
    [[maybe_unused]] const ssize_t written = ::write(ReportDescriptor, &error, sizeof error);
    ::_exit(127);
}

void closeDescriptorsFrom(int first)
{
#if defined(Q_OS_LINUX) && defined(SYS_close_range)
    if (::syscall(SYS_close_range, first, ~0U, 0) == 0)
        return;
#endif
    for (int descriptor = first; descriptor < 65536; ++descriptor)
        ::close(descriptor);
}

[[noreturn]] void becomeProgram(const Prepared &prepared)
{
    ::setpgid(0, 0);
    const int output = ::open(prepared.outputFile, O_WRONLY | O_CREAT | O_APPEND, 0644);
    const int input = ::open("/dev/null", O_RDONLY);
    // The report first: its number may be one that the next three calls overwrite.
    const int report = ::fcntl(prepared.reportDescriptor, F_DUPFD, 10);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::dup2(report, ReportDescriptor);
    ::fcntl(ReportDescriptor, F_SETFD, FD_CLOEXEC);
    closeDescriptorsFrom(ReportDescriptor + 1);

    if (prepared.changeUser
        && (::setgroups(0, nullptr) != 0 || ::setgid(prepared.group) != 0
            || ::setuid(prepared.user) != 0))
        giveUp(errno);
#ifdef Q_OS_LINUX
    // After setuid(), which clears it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != prepared.parent)
        ::_exit(127);
#endif
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::execve(prepared.arguments[0], prepared.arguments, prepared.environment);
    giveUp(errno);
}

} // namespace

ChildProcess::~ChildProcess()
{
    kill();
}

bool ChildProcess::start(const Start &start)
{
    if (isRunning()) {
        m_errorString = QStringLiteral("%1 runs already").arg(start.program);
        return false;
    }
    Prepared prepared{};
    if (!start.user.isEmpty() && ::getuid() == 0) {
        const passwd *entry = ::getpwnam(start.user.toLocal8Bit().constData());
        if (!entry) {
            m_errorString = QStringLiteral("There is no user %1").arg(start.user);
            return false;
        }
        prepared.changeUser = true;
        prepared.user = entry->pw_uid;
        prepared.group = entry->pw_gid;
    }
    CStrings arguments;
    arguments.append(QFile::encodeName(start.program));
    for (const QString &argument : start.arguments)
        arguments.append(argument.toLocal8Bit());
    CStrings environment;
    for (char **variable = environ; *variable; ++variable)
        environment.append(*variable);
    for (const QString &variable : start.environment)
        environment.append(variable.toLocal8Bit());
    const QByteArray output = start.outputFile.isEmpty() ? QByteArrayLiteral("/dev/null")
                                                         : QFile::encodeName(start.outputFile);
    prepared.arguments = arguments.data();
    prepared.environment = environment.data();
    prepared.outputFile = output.constData();
    prepared.parent = ::getpid();

    int report[2];
    if (::pipe(report) != 0) {
        m_errorString = QString::fromLocal8Bit(std::strerror(errno));
        return false;
    }
    ::fcntl(report[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(report[1], F_SETFD, FD_CLOEXEC);
    prepared.reportDescriptor = report[1];
    const pid_t pid = Spawner::instance().run([&] {
        const pid_t child = ::fork();
        if (child == 0)
            becomeProgram(prepared);
        return child;
    });
    ::close(report[1]);
    int error = pid < 0 ? errno : 0;
    if (pid > 0) {
        ssize_t count;
        do {
            count = ::read(report[0], &error, sizeof error);
        } while (count < 0 && errno == EINTR);
    }
    ::close(report[0]);
    if (error != 0) {
        if (pid > 0)
            ::waitpid(pid, nullptr, 0);
        m_errorString = QStringLiteral("%1 cannot be started: %2")
                                .arg(start.program, QString::fromLocal8Bit(std::strerror(error)));
        return false;
    }
    m_pid = pid;
    m_frozen = false;
    m_exitStatus = 0;
    m_errorString.clear();
    return true;
}

bool ChildProcess::isRunning()
{
    if (m_pid == 0)
        return false;
    int status = 0;
    if (::waitpid(m_pid, &status, WNOHANG) == m_pid)
        ended(status);
    return m_pid != 0;
}

bool ChildProcess::waitForEnd(std::chrono::milliseconds timeout)
{
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (isRunning()) {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

void ChildProcess::kill()
{
    if (!isRunning())
        return;
    ::kill(-m_pid, SIGKILL);
    ::kill(m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    ended(status);
}

void ChildProcess::terminate()
{
    if (isRunning())
        ::kill(m_pid, SIGTERM);
}

bool ChildProcess::freeze()
{
    if (!isRunning() || ::kill(m_pid, SIGSTOP) != 0)
        return false;
    int status = 0;
    while (::waitpid(m_pid, &status, WUNTRACED) < 0 && errno == EINTR) {
    }
    if (!WIFSTOPPED(status)) {
        ended(status);
        return false;
    }
    m_frozen = true;
    return true;
}

bool ChildProcess::thaw()
{
    if (!isRunning() || ::kill(m_pid, SIGCONT) != 0)
        return false;
    m_frozen = false;
    return true;
}

void ChildProcess::ended(int waitStatus)
{
    m_pid = 0;
    m_frozen = false;
    m_exitStatus = WIFEXITED(waitStatus) ? WEXITSTATUS(waitStatus) : -WTERMSIG(waitStatus);
}

} // namespace qproxysql::sandbox
