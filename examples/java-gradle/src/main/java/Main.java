import bank.Account;
import bank.Bank;
import metaffi.MetaFFIException;

/** Saves money in a bank written in Go. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    Bank.bindModuleToCode("build/metaffi/bank_MetaFFIGuest", "go");
    try (Account account = new Account("Ann")) {
      account.Add(500);
      System.out.println(account.getOwner() + " has " + account.Add(-200));
      account.Add(-400);
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
