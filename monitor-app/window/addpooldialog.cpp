// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/addpooldialog.h"

#include "window/dialogparts.h"
#include "window/loginkeeper.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace qproxysql {

AddPoolDialog::AddPoolDialog(OwnPools pools, const LoginSource &login, const QString &edited,
                             QWidget *parent)
    : QDialog(parent)
    , m_pools(std::move(pools))
    , m_edited(edited)
    , m_login(login)
    , m_name(new QLineEdit(edited, this))
    , m_peers(new QPlainTextEdit(this))
    , m_user(new QLineEdit(login.user, this))
    , m_password(new QLineEdit(this))
    , m_wrong(new QLabel(this))
    , m_results(new QPlainTextEdit(this))
{
    setWindowTitle(edited.isEmpty() ? tr("Add Pool") : tr("Edit Pool"));
    setAccessibleName(windowTitle());
    addFields();
    addButtons();
    connect(&m_prober, &PeerProber::probed, this, &AddPoolDialog::showResults);
    for (QLineEdit *edit : {m_name, m_user})
        connect(edit, &QLineEdit::textChanged, this, &AddPoolDialog::check);
    connect(m_peers, &QPlainTextEdit::textChanged, this, &AddPoolDialog::check);
    check();
}

void AddPoolDialog::addFields()
{
    auto *const form = new QFormLayout(this);
    DialogParts::addLine(form, m_name, u"name"_s, tr("&Name:"),
                         tr("as applications call it, as in: orders"));
    m_peers->setPlainText(m_pools.peersOf(m_edited).join(u'\n'));
    m_peers->setTabChangesFocus(true);
    m_peers->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    m_peers->setMaximumHeight(fontMetrics().lineSpacing() * 6);
    DialogParts::addLine(form, m_peers, u"peers"_s, tr("&Peers:"),
                         u"db1:3306\ndb2:3306\ndb3:3306"_s);
    DialogParts::addLine(form, m_user, u"user"_s, tr("&User:"),
                         tr("none: only what applications report is seen"));
    m_password->setEchoMode(QLineEdit::Password);
    DialogParts::addLine(form, m_password, u"password"_s, tr("Pass&word:"));
    m_wrong->setWordWrap(true);
    m_wrong->setTextFormat(Qt::PlainText);
    form->addRow(m_wrong);
    m_results->setObjectName(u"results"_s);
    m_results->setReadOnly(true);
    m_results->setTabChangesFocus(true);
    m_results->setAccessibleName(tr("Results of the connection test"));
    m_results->setPlaceholderText(tr("The connection test's results appear here."));
    m_results->setMaximumHeight(fontMetrics().lineSpacing() * 8);
    form->addRow(m_results);
}

void AddPoolDialog::addButtons()
{
    auto *const box = new QDialogButtonBox(this);
    m_save = DialogParts::addButton(box, m_edited.isEmpty() ? tr("&Add") : tr("&Save"),
                                    QDialogButtonBox::AcceptRole, u"add"_s);
    m_save->setDefault(true);
    DialogParts::addButton(box, tr("&Cancel"), QDialogButtonBox::RejectRole);
    m_test = DialogParts::addButton(box, tr("&Test Connection"), QDialogButtonBox::ActionRole,
                                    u"test"_s);
    connect(m_test, &QPushButton::clicked, this, &AddPoolDialog::test);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, &AddPoolDialog::save);
    static_cast<QFormLayout *>(layout())->addRow(box);
}

void AddPoolDialog::check()
{
    const QString peers = m_peers->toPlainText();
    const bool isBegun = !m_name->text().isEmpty() || !peers.isEmpty();
    const QString wrong = m_pools.wrongWith(m_name->text(), peers, m_edited);
    m_wrong->setText(isBegun ? wrong : QString());
    m_save->setEnabled(wrong.isEmpty());
    m_test->setEnabled(OwnPools::parsePeers(peers).hasValue() && !m_user->text().trimmed().isEmpty()
                       && !m_prober.isProbing());
}

void AddPoolDialog::test()
{
    const auto peers = OwnPools::parsePeers(m_peers->toPlainText());
    if (!peers)
        return;
    m_login.user = m_user->text().trimmed();
    m_tested = m_login.with(m_password->text());
    if (!m_tested.login) {
        m_results->setPlainText(m_tested.error);
        return;
    }
    QList<PeerProber::Request> requests;
    for (const PeerDefinition &peer : *peers) {
        FullConnectRequest request;
        request.peer = peer.address;
        request.login = *m_tested.login;
        request.driver = PoolPolicy().peerDriver;
        requests.append({QString(), request});
    }
    m_results->setPlainText(tr("Connecting to %n peer(s)...", nullptr, int(requests.size())));
    m_prober.probe(requests);
    m_test->setEnabled(false);
}

void AddPoolDialog::showResults(const QList<PeerProbe> &probes)
{
    QStringList lines;
    for (const PeerProbe &probe : probes) {
        if (probe.isUp())
            lines.append(tr("%1: good, %2, %3 ms")
                                 .arg(probe.peer.name(), probe.facts.version,
                                      locale().toString(probe.connectMs.value_or(0), 'f', 1)));
        else
            lines.append(tr("%1: failed, %2").arg(probe.peer.name(), probe.message()));
        if (probe.isUp() && !probe.serverList.isChecked)
            lines.append(
                    tr("    its list of sessions is not seen: %1").arg(probe.serverList.whyNot));
    }
    if (std::ranges::any_of(probes, &PeerProbe::isLoginRefused))
        lines.append(LoginSource::tlsHint(m_tested.login->options));
    lines.removeAll(QString());
    m_results->setPlainText(lines.join(u'\n'));
    check();
}

void AddPoolDialog::save()
{
    const QString name = m_name->text().trimmed();
    const QString peers = m_peers->toPlainText();
    const QString error = m_edited.isEmpty() ? m_pools.add(name, peers)
                                             : m_pools.change(m_edited, name, peers);
    if (!error.isEmpty()) {
        m_wrong->setText(error);
        return;
    }
    Q_EMIT added(name, m_user->text().trimmed(), m_password->text());
    accept();
}

} // namespace qproxysql
